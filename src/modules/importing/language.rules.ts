import type { Lang } from '../../kernel/text.js'
import { fold } from '../../platform/search/index.js'

/** Letters that of the languages written in Latin script almost only Vietnamese has: ă, đ, ơ, ư and the doubly marked vowels. */
const VIETNAMESE_LETTER = /[ăđơưĂĐƠƯ\u1ea0-\u1ef9]/

const VIETNAMESE_SYLLABLES = new Set(
  'bang ban cac cai can chi cho chung chuyen co cong cua cung cuu dai dang dich dien dinh doanh don du duoc gia giai giup hang hoa hop huong khach khi khong kinh ky lam mem moi mot nam ngay nghe nghiep nguoi nha nhan nhieu nong nuoc phan phi phuc quan san so tai tao theo thi thiet thong thu thuat tinh toan trang trong tu tuyen ty va van ve vi viec voi vu vua xay xuat'.split(
    ' ',
  ),
)

const ENGLISH_WORDS = new Set(
  'a about an and are as at be by can company data for from has help helps in into is it its of on or our platform service services software solution solutions systems that the their they this to tools use using we which with you your'.split(
    ' ',
  ),
)

/**
 * The language of a text, told simply: Vietnamese when more of its words are written with letters that only Vietnamese has,
 * or are among its commonest syllables, than are common English words. Meant for texts whose column does not say.
 */
export function detectLanguage(text: string): Lang {
  const words = text.normalize('NFC').match(/\p{L}+/gu) ?? []
  const vietnamese = words.filter((word) => VIETNAMESE_LETTER.test(word) || VIETNAMESE_SYLLABLES.has(fold(word)))
  const english = words.filter((word) => ENGLISH_WORDS.has(word.toLowerCase()))
  return vietnamese.length > english.length ? 'vi' : 'en'
}
