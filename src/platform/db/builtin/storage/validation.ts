import { type Doc, isTruthy } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { parseCollation } from '../query/collation.js'
import { compileFilter } from '../query/filter.js'
import type { Matcher } from '../query/matcher.js'
import type { Collection } from './collection.js'

/** The options of a collection that say what its documents must be. */
export const VALIDATION = ['validator', 'validationLevel', 'validationAction'] as const

const ALLOWED: Readonly<Record<string, readonly unknown[]>> = {
  validationLevel: ['off', 'strict', 'moderate'],
  validationAction: ['error'],
}

/** @throws MongoError BadValue, or whatever is wrong with the filter */
export function checkValidation(options: Doc): void {
  for (const [name, allowed] of Object.entries(ALLOWED)) {
    const value = options[name]
    if (value === 'warn') throw notImplemented(`${name} 'warn'`)
    if (value !== undefined && !allowed.includes(value)) {
      throw new MongoError('BadValue', `Enumeration value '${String(value)}' for field '${name}' is not a valid value.`)
    }
  }
  if (options.validator !== undefined) validatorOf(options)
}

/** Compiled validators, by the filters they were made of. */
const compiled = new WeakMap<Doc, Matcher>()

function validatorOf({ validator, collation }: Doc): Matcher {
  const known = compiled.get(validator as Doc)
  if (known) return known
  const matches = compileFilter(validator, { strings: parseCollation(collation)?.order })
  compiled.set(validator as Doc, matches)
  return matches
}

/**
 * Sees to it that a document is what its collection asks of it, unless the command goes past that.
 * @param before the document that it takes the place of
 * @throws MongoError DocumentValidationFailure
 */
export function requireValid(collection: Collection, command: Doc, doc: Doc, before?: Doc): void {
  const { options } = collection.record
  if (options.validator === undefined || options.validationLevel === 'off') return
  if (isTruthy(command.bypassDocumentValidation)) return
  const matches = validatorOf(options)
  if (matches(doc) || (options.validationLevel === 'moderate' && before && !matches(before))) return
  const errInfo = { failingDocumentId: doc._id, details: { specifiedAs: options.validator } }
  throw new MongoError('DocumentValidationFailure', 'Document failed validation', { errInfo })
}
