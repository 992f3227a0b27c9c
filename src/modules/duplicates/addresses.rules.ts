import { fold } from '../../platform/search/analyser/fold.js'

/** Words that say what a part of an address is; written or left out, it is the same place. */
const KINDS = new Set([
  'so',
  'nha',
  'duong',
  'd',
  'pho',
  'street',
  'st',
  'road',
  'rd',
  'no',
  'khu',
  'lo',
  'toa',
  'block',
])
const ADMINISTRATIVE = /^(phuong|p|quan|q|thanh pho|tp|tinh|huyen|h|xa|x|thi xa|tx|thi tran|tt|ward|district|city)\b/

/**
 * House and street of an address, comparable: "Số 12/3 đường 30 Tháng 4, P. Xuân Khánh" and "12/3 30 thang 4" are one.
 * Null where no house number is said: a street alone is no place.
 */
export function houseAndStreet(address: string): string | null {
  const parts = fold(address)
    .split(/[,;\n]|\s-\s/)
    .map((part) => part.replace(/[.]/g, ' ').replace(/\s+/g, ' ').trim())
  const street = parts.find((part) => /\d/.test(part) && !ADMINISTRATIVE.test(part))
  if (!street) return null
  const [beforeWard = ''] = street.split(/ (?:phuong|quan|huyen|thanh pho|tp) /)
  const words = beforeWard
    .split(/[^\p{L}\p{N}/]+/u)
    .filter((word) => word !== '' && !KINDS.has(word))
    .slice(0, 6)
  return words.length >= 2 && words.some((word) => /\d/.test(word)) ? words.join(' ') : null
}
