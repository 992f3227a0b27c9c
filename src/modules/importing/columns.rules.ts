import type { Lang } from '../../kernel/text.js'
import type { Row } from './importing.types.js'

/** A column of the file leads to a field of the record, in one language where its name says so. */
export interface Target {
  field: string
  lang: Lang | null
}

/** What the file gives for one field; `plain` when the column does not tell the language. */
export interface Given {
  plain?: unknown
  vi?: unknown
  en?: unknown
}

export interface ColumnNames {
  /** Every field a file may give. */
  fields: readonly string[]
  /** Those whose column may end in `_vi` or `_en`. */
  texts: readonly string[]
  /** Other names of fields: `sector` for `sectors`. */
  aliases: Readonly<Record<string, string>>
}

/** `theirs=ours` as given on the command line. */
export interface Mapping {
  theirs: string
  ours: string
}

/** The field a column's name stands for, in any case and with or without separators (`external_id`); null when there is none. */
export function targetOf(name: string, { fields, texts, aliases }: ColumnNames): Target | null {
  const suffix = /^(.+)[_.: -](vi|en)$/i.exec(name.trim())
  const find = (word: string) => {
    const same = (other: string) => bare(other) === bare(word)
    return fields.find(same) ?? Object.entries(aliases).find(([alias]) => same(alias))?.[1]
  }
  const whole = find(name)
  if (whole !== undefined) return { field: whole, lang: null }
  const base = suffix?.[1] === undefined ? undefined : find(suffix[1])
  return base !== undefined && texts.includes(base) ? { field: base, lang: suffix?.[2]?.toLowerCase() as Lang } : null
}

/**
 * Sorts a file's columns into fields. A mapping speaks before the column's own name, and a mapped column no longer stands
 * for the field it is named after unless a mapping says so; columns that lead nowhere are collected in `unknown`, those of
 * mappings that were seen in `met`.
 */
export function columnReader(names: ColumnNames, mappings: readonly Mapping[]) {
  const mapped = new Map<string, Target[]>()
  for (const { theirs, ours } of mappings) {
    const target = targetOf(ours, names)
    if (target) mapped.set(theirs, [...(mapped.get(theirs) ?? []), target])
  }
  const taken = new Set([...mapped.values()].flat().map(key))
  const known = new Map<string, Target[]>()
  const unknown = new Set<string>()
  const met = new Set<string>()

  const targetsOf = (column: string): Target[] => {
    const seen = known.get(column)
    if (seen) return seen
    const own = targetOf(column, names)
    const targets = mapped.get(column) ?? (own && !taken.has(key(own)) ? [own] : [])
    if (mapped.has(column)) met.add(column)
    // A JSONL file may bring new keys with each row; what is remembered stays bounded.
    if (known.size < MAX_COLUMNS) {
      known.set(column, targets)
      if (targets.length === 0) unknown.add(column)
    }
    return targets
  }

  return {
    unknown,
    met,
    read: ({ values }: Row): Map<string, Given> => {
      const given = new Map<string, Given>()
      for (const [column, value] of values) {
        for (const { field, lang } of targetsOf(column)) {
          given.set(field, { ...given.get(field), [lang ?? 'plain']: value })
        }
      }
      return given
    },
  }
}

const MAX_COLUMNS = 1_000

const bare = (name: string) => name.replace(/[\s_.:-]/g, '').toLowerCase()

const key = ({ field, lang }: Target) => `${field}_${lang}`
