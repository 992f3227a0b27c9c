import { type Doc, fieldOf, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { isPlace, type Path } from './paths.js'

/** An empty array at the end of a path counts as this: lower than null. */
export const EMPTY = Symbol('empty array')

/** How far one path has been followed; `path` is what is left of it. */
interface Walk {
  value: unknown
  path: Path
  /** An array found here is a value itself and is not gone through. */
  whole: boolean
}

/** What a document offers an index or a sort over some paths; `array` tells whether an array was gone through. */
export interface Tuples {
  /** A value for each path: undefined where there is none, EMPTY for an empty array. */
  tuples: unknown[][]
  array: boolean
}

/** The error where two paths lead into arrays of their own, given the last names of both. */
type Refusal = (one: string, other: string) => MongoError

const cannotIndex: Refusal = (one, other) =>
  new MongoError('CannotIndexParallelArrays', `cannot index parallel arrays [${other}] [${one}]`)

/**
 * One tuple for each element of the one array that the paths lead into, so that values of the same element stay together.
 * Elements that are no documents have no fields.
 * @throws what `refuse` makes, where two paths lead into arrays of their own
 */
export function tuplesOf(doc: Doc, paths: readonly Path[], refuse = cannotIndex): Tuples {
  const ahead = paths.map((path) => advance({ value: doc, path, whole: false }))
  if (!ahead.some(isOpenArray)) return { tuples: [ahead.map(({ value }) => value)], array: false }
  const parallel = (one: number, other: number) => refuse(paths[one]?.at(-1) ?? '', paths[other]?.at(-1) ?? '')
  return { tuples: expand(ahead, parallel), array: true }
}

/** All values at one path, elements of arrays apart. */
export const valuesAt = (doc: Doc, path: Path): unknown[] => tuplesOf(doc, [path]).tuples.map(([value]) => value)

function expand(walks: readonly Walk[], parallel: (one: number, other: number) => MongoError): unknown[][] {
  const ahead = walks.map(advance)
  const first = ahead.findIndex(isOpenArray)
  if (first < 0) return [ahead.map(({ value }) => value)]
  const array = ahead[first]?.value as unknown[]
  const apart = ahead.findIndex((walk) => isOpenArray(walk) && walk.value !== array)
  if (apart >= 0) throw parallel(first, apart)
  const elements = array.length > 0 ? array : [EMPTY]
  return elements.flatMap((element) =>
    expand(
      ahead.map((walk) => (walk.value === array ? enter(walk, array, element) : { ...walk, whole: true })),
      parallel,
    ),
  )
}

const isOpenArray = ({ value, whole }: Walk): boolean => !whole && Array.isArray(value)

/** Along documents, up to an array or the end of the path. */
function advance(walk: Walk): Walk {
  let { value, path } = walk
  while (path.length > 0 && !Array.isArray(value)) {
    value = isDoc(value) ? fieldOf(value, path[0] ?? '') : undefined
    path = path.slice(1)
  }
  return { value, path, whole: walk.whole }
}

function enter({ path }: Walk, array: readonly unknown[], element: unknown): Walk {
  const [name, ...rest] = path
  if (name === undefined) return { value: element, path, whole: true }
  if (isPlace(name) && Number(name) < array.length) {
    return { value: array[Number(name)], path: rest, whole: rest.length === 0 }
  }
  return { value: isDoc(element) ? element : undefined, path, whole: false }
}
