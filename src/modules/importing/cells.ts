import type { Lang, LocalText } from '../../kernel/text.js'
import type { Given } from './columns.rules.js'
import { detectLanguage } from './language.rules.js'
import { isBlank, isScalar, readDate, readFlag, readInteger, readList, readMoney, readPlaces } from './values.rules.js'

export type Report = (field: string, code: string, params?: Readonly<Record<string, string | number>>) => void

/**
 * Typed access to what a row gives. A field that is missing or blank is undefined; one that cannot be read is reported
 * and undefined. Texts without a language get the row's, told from all of them together.
 */
export class Cells {
  readonly #given: ReadonlyMap<string, Given>
  readonly #language: Lang
  readonly report: Report

  constructor(given: ReadonlyMap<string, Given>, texts: readonly string[], report: Report) {
    this.#given = given
    this.report = report
    const plain = texts.map((field) => given.get(field)?.plain).filter((value) => typeof value === 'string')
    this.#language = detectLanguage(plain.join('\n'))
  }

  has(field: string): boolean {
    const given = this.#given.get(field)
    return given !== undefined && !Object.values(given).every(isBlank)
  }

  text(field: string): LocalText | undefined {
    const { plain, vi, en } = this.#given.get(field) ?? {}
    // In JSONL both languages may stand in one object.
    const own = isRecord(plain) ? plain : { [this.#language]: plain }
    return given({ ...this.#byLanguage(field, own), ...this.#byLanguage(field, { vi, en }) })
  }

  /** A list of texts; lists in both languages of the same length are taken as translations of each other. */
  texts(field: string): LocalText[] | undefined {
    const lists = this.#given.get(field) ?? {}
    const vi = this.#list(field, lists.vi, readPlaces) ?? []
    const en = this.#list(field, lists.en, readPlaces) ?? []
    const plain = this.#list(field, lists.plain, readList) ?? []
    const alone = plain.map((text) => ({ [this.#language]: text }))
    const pairs = vi.length === en.length
    const both = pairs
      ? vi.map((text, i) => ({ ...(text && { vi: text }), ...(en[i] && { en: en[i] }) }))
      : [...vi.filter(Boolean).map((t) => ({ vi: t })), ...en.filter(Boolean).map((t) => ({ en: t }))]
    return this.has(field) ? [...both, ...alone] : undefined
  }

  word = (field: string) => this.#read(field, 'text', (value) => (isScalar(value) ? String(value).trim() : null))
  words = (field: string) => this.#read(field, 'list', readList)
  integer = (field: string) => this.#read(field, 'number', readInteger)
  money = (field: string) => this.#read(field, 'money', readMoney)
  flag = (field: string) => this.#read(field, 'yesNo', readFlag)
  date = (field: string) => this.#read(field, 'date', readDate)

  /** A tax code; nine digits are one whose leading zero a spreadsheet took for nothing. Its check digit is tried later. */
  taxCode = (field: string) => this.word(field)?.replace(/^\d{9}(?=(-?\d{3})?$)/, '0$&')

  /** One entry of a catalogue. */
  found(field: string, find: (word: string) => string | null, code = 'unknownTerm'): string | undefined {
    const word = this.word(field)
    return word === undefined ? undefined : this.#find(field, word, find, code)
  }

  /** Entries of a catalogue, each once. */
  foundAll(field: string, find: (word: string) => string | null, code = 'unknownTerm'): string[] | undefined {
    const ids = this.words(field)?.map((word) => this.#find(field, word, find, code))
    return ids && [...new Set(ids.filter((id) => id !== undefined))]
  }

  #find(field: string, word: string, find: (word: string) => string | null, code: string): string | undefined {
    const id = find(word)
    if (id === null) this.report(field, code, { value: word })
    return id ?? undefined
  }

  #read<T>(field: string, code: string, reader: (value: unknown) => T | null): T | undefined {
    const value = this.#given.get(field)?.plain
    if (isBlank(value)) return undefined
    const read = reader(value)
    if (read === null) this.report(field, code)
    return read ?? undefined
  }

  #list(field: string, value: unknown, reader: (value: unknown) => string[] | null): string[] | undefined {
    if (isBlank(value)) return undefined
    const list = reader(value)
    if (list === null) this.report(field, 'list')
    return list ?? undefined
  }

  #byLanguage(field: string, values: Readonly<Record<string, unknown>>): LocalText {
    const texts: LocalText = {}
    for (const lang of ['vi', 'en'] as const) {
      const value = values[lang]
      if (isBlank(value)) continue
      if (isScalar(value)) texts[lang] = String(value)
      else this.report(field, 'text')
    }
    return texts
  }
}

/** The entries that are there; undefined when none is. */
export function given<T extends object>(entries: T): T | undefined {
  const there = Object.entries(entries).filter(([, value]) => value !== undefined)
  return there.length > 0 ? (Object.fromEntries(there) as T) : undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
