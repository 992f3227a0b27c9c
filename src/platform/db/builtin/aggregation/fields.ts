import { type Doc, isDoc, toNumber } from '../bson/values.js'
import { type CodeName, MongoError } from '../errors.js'

/**
 * A copy of the document with another value at a path; undefined takes the field out. Within an array every element is
 * changed. The original stays as it is.
 */
export function setAt(doc: Doc, path: readonly string[], value: unknown): Doc {
  const [name = '', ...rest] = path
  const next = rest.length === 0 ? value : setWithin(doc[name], rest, value)
  if (next !== undefined) return { ...doc, [name]: next }
  const { [name]: _, ...others } = doc
  return others
}

function setWithin(inner: unknown, path: readonly string[], value: unknown): unknown {
  if (Array.isArray(inner)) return inner.map((element) => setWithin(element, path, value))
  return setAt(isDoc(inner) ? inner : {}, path, value)
}

/**
 * A stage takes no option that it does not know: it would answer something else than it was asked.
 * @throws MongoError by the code that MongoDB has for this stage
 */
export function requireKnown(
  argument: unknown,
  known: readonly string[],
  code: CodeName | `Location${number}`,
  message: string,
): void {
  const unknown = Object.keys(isDoc(argument) ? argument : {}).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new MongoError(code, `${message}: ${unknown}`)
}

/** @throws MongoError for what is no whole number, or below the least that the stage takes */
export function wholeNumber(stage: string, argument: unknown, least: number): number {
  const number = toNumber(argument)
  if (!Number.isInteger(number) || number < least) {
    throw new MongoError(
      stage === '$limit' ? 'Location15958' : 'Location5107201',
      `invalid argument to ${stage} stage: expected a number of at least ${least}`,
    )
  }
  return number
}
