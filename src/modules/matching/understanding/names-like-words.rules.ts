/** Titles that a name follows. Without accents "chi" is also "chỉ" (only) and "co" also "có": they need the capital letter. */
const TITLE = /(?:^|[^\p{L}])(?:anh|chu|bac|ong|ba|thay|thim|mo|duong|cau|su)\s+$/u
const MAYBE_TITLE = /(?:^|[^\p{L}])(?:chi|co|di|em|con|be|nha|tiem|quan|vua)\s+$/u
const REACH = 12

/** Whether "dung" at an offset of a text without accents is somebody's name (Dung, Dũng), and not "dùng" (use). */
export function isNameDung(text: string, plain: string, at: number): boolean {
  const before = plain.slice(Math.max(0, at - REACH), at)
  return TITLE.test(before) || (MAYBE_TITLE.test(before) && text.slice(at, at + 2) === 'Du')
}

/** The other half of words that end in "dụng", "dựng" or "dung": "xay dung" builds, and nothing is used. */
const FIRST_HALF = /(?:^|[^\p{L}])(?:xay|tuyen|ap|ung|tin|tac|noi|van|hieu|tieu|chuyen|gay|bo)\s+$/u

/** Whether "dung" at an offset of a text without accents is the end of another word, and not "dùng" (use). */
export const isHalfOfWord = (plain: string, at: number): boolean =>
  FIRST_HALF.test(plain.slice(Math.max(0, at - REACH), at))
