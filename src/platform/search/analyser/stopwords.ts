import { exactForm, fold } from './fold.js'
import type { WordForms } from './forms.js'

/** Function words: they help no search by themselves, so a document need not hold them. */
const VIETNAMESE =
  'ạ à anh ấy bạn bị bởi các cái càng cần chỉ chị chiếc cho chứ chưa chúng có còn của cũng đã đang đây để đến được em gì giờ hãy hay hơn khi không là lại làm lắm lên mà mấy mình mọi mỗi một muốn này nào nay nên nếu nhé nhưng như những nhiều nhất ở ơi phải qua quá ra rằng rất rồi sao sẽ tại theo thì thế thôi tìm tới tôi trong trước từ từng và vẫn vào vậy về vì với vừa xin ai đi ta nó bao nhiêu đó lúc'
const ENGLISH =
  'a about also an and any are as at be been but by can do does for from get has have how i if in into is it its just like looking me my need no not of on or our out so some that the their them there these they this to us use want was we what when which who will with would you your'

const accented: ReadonlySet<string> = new Set(VIETNAMESE.split(' ').map(exactForm))
const folded: ReadonlySet<string> = new Set(`${fold(VIETNAMESE)} ${ENGLISH}`.split(' '))

/** Whether a word carries grammar rather than meaning; with accents `cửa` is not `của`, without them `cua` may be either. */
export const isStopword = (word: WordForms): boolean =>
  word.accented ? accented.has(word.exact) : folded.has(word.folded)
