import { fold } from '../../platform/search/index.js'

/** Every Vietnamese spelling of a letter that is typed without its accents. */
const ACCENTED: Readonly<Record<string, string>> = {
  a: 'aàáảãạăằắẳẵặâầấẩẫậ',
  d: 'dđ',
  e: 'eèéẻẽẹêềếểễệ',
  i: 'iìíỉĩị',
  o: 'oòóỏõọôồốổỗộơờớởỡợ',
  u: 'uùúủũụưừứửữự',
  y: 'yỳýỷỹỵ',
}

/** A pattern that finds `text` in names however the two are accented; case is for the `i` flag. */
export const looselySpelt = (text: string): string =>
  Array.from(fold(text), (char) => {
    const spellings = ACCENTED[char]
    return spellings ? `[${spellings}]` : char.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')
  }).join('')
