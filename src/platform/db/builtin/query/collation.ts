import type { StringOrder } from '../bson/compare.js'
import type { StringFold } from '../bson/key.js'
import { type Doc, toNumber } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'

/** How strings compare under a collation, and what makes equal strings identical for an index. */
export interface Collation {
  order: StringOrder
  fold: StringFold
  spec: Doc
}

/**
 * A collation document, or nothing for the simple one (by bytes). Strengths 1 (letters), 2 (and accents), 3 (and case) and
 * `numericOrdering` are known.
 * @throws MongoError BadValue for a locale that the runtime does not have, Location40415 for an option that MongoDB does not know, and
 * NotImplemented for one that would have strings compared otherwise
 */
export function parseCollation(spec: unknown): Collation | undefined {
  if (spec === undefined || spec === null) return undefined
  const doc = spec as Doc
  if (typeof doc.locale !== 'string') throw new MongoError('BadValue', "BSON field 'collation.locale' is missing")
  for (const name of Object.keys(doc)) {
    if (!OPTIONS.has(name)) throw new MongoError('Location40415', `BSON field 'collation.${name}' is an unknown field.`)
    const usual = USUAL[name]
    if (usual && !usual.includes(doc[name])) throw notImplemented(`the collation option ${name}: ${doc[name]}`)
  }
  if (doc.locale === 'simple') return undefined
  const strength = doc.strength === undefined ? 3 : toNumber(doc.strength)
  const sensitivity = SENSITIVITY[strength]
  if (strength === 4 || strength === 5) throw notImplemented(`collation strength ${strength}`)
  if (!sensitivity) throw new MongoError('BadValue', `collation strength ${strength} is not one of 1 to 5`)
  const collator = makeCollator(doc.locale, sensitivity, doc.numericOrdering === true)
  return {
    order: (a, b) => collator.compare(a, b),
    fold: FOLD[strength] ?? FOLD[3],
    spec: doc,
  }
}

/** What leaves strings in the order that the locale and the strength give; drivers send them all. */
const USUAL: Readonly<Record<string, readonly unknown[]>> = {
  caseLevel: [false],
  caseFirst: ['off'],
  alternate: ['non-ignorable'],
  backwards: [false],
}

// Strings are compared in canonical form always, and `maxVariable` says what `alternate` leaves out.
const OPTIONS = new Set([
  ...['locale', 'strength', 'numericOrdering', 'normalization', 'maxVariable', 'version'],
  ...Object.keys(USUAL),
])

const SENSITIVITY: Readonly<Record<number, Intl.CollatorOptions['sensitivity']>> = {
  1: 'base',
  2: 'accent',
  3: 'variant',
}

const FOLD = {
  1: (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(),
  2: (text) => text.normalize('NFC').toLowerCase(),
  3: (text) => text.normalize('NFC'),
} as Record<number, StringFold> & { 3: StringFold }

function makeCollator(
  locale: string,
  sensitivity: Intl.CollatorOptions['sensitivity'],
  numeric: boolean,
): Intl.Collator {
  try {
    return new Intl.Collator(locale.replaceAll('_', '-'), { sensitivity, numeric })
  } catch (cause) {
    throw new MongoError('BadValue', `Field 'locale' is invalid in: ${locale} (${String(cause)})`)
  }
}
