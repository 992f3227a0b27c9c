import { toNumber } from '../../bson/values.js'
import { MongoError } from '../../errors.js'
import type { ValueOperator } from './arrays.js'
import { isNil } from './numbers.js'
import { toText } from './types.js'

/** What a list made by `$range` may take in MongoDB: 100 MB, 16 bytes for each number. */
const LONGEST_RANGE = (100 * 1024 * 1024) / 16

function whole(value: unknown, code: `Location${number}`, operator: string): number {
  const number = toNumber(value)
  if (Number.isInteger(number) && number === (number | 0)) return number
  throw new MongoError(code, `${operator} requires numbers that are representable as 32-bit integers`)
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** Places and lengths are counted in bytes of UTF-8; a length below 0 is the rest. */
const substrBytes: ValueOperator = (text, from, count) => {
  const bytes = Buffer.from(isNil(text) ? '' : toText(text))
  const start = whole(from, 'Location16034', '$substrBytes')
  const length = whole(count, 'Location16035', '$substrBytes')
  if (start < 0) throw new MongoError('Location50752', '$substrBytes: starting index must be non-negative')
  const end = length < 0 ? bytes.length : start + length
  if (isContinuation(bytes[start]))
    throw new MongoError('Location28656', '$substrBytes: Invalid range, starting index is a UTF-8 continuation byte.')
  if (isContinuation(bytes[end]))
    throw new MongoError(
      'Location28657',
      '$substrBytes: Invalid range, ending index is in the middle of a UTF-8 character.',
    )
  return bytes.subarray(start, end).toString()
}

export const TEXT_OPERATORS: Readonly<Record<string, ValueOperator>> = {
  $substr: substrBytes,
  $substrBytes: substrBytes,
  $indexOfBytes(...operands) {
    const [text, search] = operands
    if (isNil(text)) return null
    if (typeof text !== 'string') throw new MongoError('Location40091', '$indexOfBytes requires a string')
    if (typeof search !== 'string')
      throw new MongoError('Location40092', '$indexOfBytes requires a string to search for')
    const bytes = Buffer.from(text)
    const [from, to] = [operands.length > 2 ? operands[2] : 0, operands.length > 3 ? operands[3] : bytes.length]
    const start = whole(from, 'Location40096', '$indexOfBytes')
    const end = whole(to, 'Location40096', '$indexOfBytes')
    if (start < 0 || end < 0) throw new MongoError('Location40097', '$indexOfBytes requires nonnegative bounds')
    if (start > bytes.length) return -1
    return bytes.subarray(0, end).indexOf(search, start)
  },
  $range(...operands) {
    const [from, to, by] = operands.length > 2 ? operands : [...operands, 1]
    const start = whole(from, 'Location34444', '$range')
    const end = whole(to, 'Location34446', '$range')
    const step = whole(by, 'Location34448', '$range')
    if (step === 0) throw new MongoError('Location34449', '$range requires a non-zero step value')
    const length = Math.max(Math.ceil((end - start) / step), 0)
    if (length > LONGEST_RANGE) throw new MongoError('ExceededMemoryLimit', '$range would use too much memory')
    return Array.from({ length }, (_, i) => start + i * step)
  },
}
