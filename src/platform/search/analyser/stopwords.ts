/** Function words, folded: they help no search by themselves, so a document need not hold them. */
const VIETNAMESE =
  'a ah ai anh ban bi boi cac cach cai can cang cap chi chiec cho chua chung co con cua cung da dang de den di do duoc em gi gio ha hay hon khi khong la lai lam len ma minh moi mot muon nao nay nen neu nhe nhieu nhu nhung o oi phai qua ra rang rat roi sao se tai theo thi thoi tim toi trong truoc tu tung va van vao ve vi voi vua xin'
const ENGLISH =
  'a about also an and any are as at be been but by can do does for from get has have how i if in into is it its just like looking me my need no not of on or our out so some that the their them there these they this to us use want was we what when which who will with would you your'

const STOPWORDS: ReadonlySet<string> = new Set(`${VIETNAMESE} ${ENGLISH}`.split(' '))

/** Whether a folded word carries grammar rather than meaning. */
export const isStopword = (folded: string): boolean => STOPWORDS.has(folded)
