import { fold } from '../../platform/search/index.js'

/** How values are written in files. Each reader returns null for what it cannot read. */

/** A list: an array, a JSON array, or entries split by `|`, or by `;` or line ends where there is no `|`. */
export function readList(value: unknown): string[] | null {
  if (Array.isArray(value)) return value.every(isScalar) ? clean(value.map(String)) : null
  if (!isScalar(value)) return null
  const text = String(value).trim()
  if (text.startsWith('[')) {
    const parsed = parseJson(text)
    return Array.isArray(parsed) && parsed.every(isScalar) ? clean(parsed.map(String)) : null
  }
  return clean(text.split(text.includes('|') ? '|' : /[;\n]/))
}

/** A list of which a JSON array's empty entries hold their places: the texts of another language stand beside them. */
export function readPlaces(value: unknown): string[] | null {
  const parsed = typeof value === 'string' && value.trim().startsWith('[') ? parseJson(value.trim()) : null
  if (!Array.isArray(parsed) || !parsed.every(isScalar)) return readList(value)
  return parsed.map((entry) => String(entry).trim())
}

/** A whole number, with or without thousands separators: `1200`, `1.200`, `1,200`, `1 200`. */
export function readInteger(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (/^\d+$/.test(text)) return Number(text)
  return /^\d{1,3}(?:([.,\s\u00a0])\d{3})(?:\1\d{3})*$/.test(text) ? Number(text.replace(/\D/g, '')) : null
}

/** Whole đồng, with or without the currency: `40.000.000 đ`, `40000000 VND`. */
export function readMoney(value: unknown): number | null {
  return readInteger(typeof value === 'string' ? value.replace(/\s*(đồng|đ|₫|vnđ|vnd)\s*$/iu, '') : value)
}

const YES = new Set(['true', 'yes', 'y', '1', 'x', 'co'])
const NO = new Set(['false', 'no', 'n', '0', 'khong'])

export function readFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  const word = isScalar(value) ? fold(String(value).trim()) : ''
  if (YES.has(word)) return true
  return NO.has(word) ? false : null
}

/** A day as `YYYY-MM-DD`, from `2026-11-24` or `24/11/2026`, with or without a time of day, which is dropped. */
export function readDate(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const [day = ''] = value.trim().split(/[T\s]/)
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(day)
  const iso = local ? `${local[3]}-${local[2]?.padStart(2, '0')}-${local[1]?.padStart(2, '0')}` : day
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) ? iso : null
}

export const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Nothing was given: an empty cell, null, or spaces. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

const clean = (entries: string[]) => entries.map((entry) => entry.trim()).filter((entry) => entry !== '')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
