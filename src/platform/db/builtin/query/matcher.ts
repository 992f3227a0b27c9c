import type { StringOrder } from '../bson/compare.js'
import type { Doc } from '../bson/values.js'
import type { Near } from '../geo/near.js'
import type { MatchPosition } from './paths.js'

/** Tells whether a document passes a filter; notes where in an array it did. */
export type Matcher = (doc: Doc, position?: MatchPosition) => boolean

export interface FilterContext {
  strings?: StringOrder | undefined
  /** Variables of `let`, for `$expr`. */
  variables?: Doc | undefined
  /** Takes the demand for what is near; absent where a filter may not ask for that. */
  order?: { near?: Near } | undefined
}

/** `$and`; later conditions decide the position, as in MongoDB. */
export function allOf(matchers: readonly Matcher[]): Matcher {
  const [only] = matchers
  if (only && matchers.length === 1) return only
  return (doc, position) => matchers.every((matches) => matches(doc, position))
}
