import { type Document, deserialize, serialize } from 'bson'
import { matches, type Place } from './filter.js'
import { applyOperator } from './operators.js'
import { removeAt, setAt, valueAt } from './targets.js'
import { CODE, Refused, type StringOrder, same, type Value } from './values.js'

export interface UpdateRequest {
  update: Document
  arrayFilters?: Document[]
  strings?: StringOrder | undefined
  place: Place
  inserting: boolean
}

/** What `promoteValues: false` and its like make of bytes, so that a copy differs in nothing from its original. */
export const copy = (doc: Document): Document =>
  deserialize(serialize(doc), { promoteValues: false, promoteBuffers: false, bsonRegExp: true })

/** The document that an update makes of one. The original stays as it is. */
export function updated(doc: Document, request: UpdateRequest): Document {
  const { update } = request
  if (isReplacement(update)) return replaced(doc, update)
  const result = copy(doc)
  for (const { operator, path, argument } of changesOf(update)) {
    if (operator === '$setOnInsert' && !request.inserting) continue
    if (operator === '$rename') rename(result, path, (argument as string).split('.'))
    else
      for (const concrete of concretePaths(result, path, request))
        applyOperator(result, operator, concrete, argument, request.strings)
  }
  if ('_id' in doc && !same(doc._id, result._id ?? null)) throw new Refused(CODE.ImmutableField)
  return result
}

function replaced(doc: Document, update: Document): Document {
  const { _id, ...rest } = copy(update)
  if (_id !== undefined && '_id' in doc && !same(_id, doc._id)) throw new Refused(CODE.ImmutableField)
  const id = doc._id ?? _id
  return id === undefined ? rest : { _id: id, ...rest }
}

interface Change {
  operator: string
  path: string[]
  argument: Value
}

/** @throws Refused for an update that is a mistake, whatever documents there are */
export function checkUpdate(update: Document): void {
  if (isReplacement(update)) return
  changesOf(update)
}

const isReplacement = (update: Document): boolean => !Object.keys(update)[0]?.startsWith('$')

/** In the order of their paths: names as texts, numbers by value; a renamed field is changed where it goes to. */
function changesOf(update: Document): Change[] {
  const changes = Object.entries(update).flatMap(([operator, fields]) =>
    Object.entries(fields as Document).map(([field, argument]) => ({ operator, path: field.split('.'), argument })),
  )
  const destinations = changes.filter(({ operator }) => operator === '$rename').map(destinationOf)
  const touched = [...changes.map(({ path }) => path), ...destinations]
  if (changes.some((change) => change.operator === '$rename' && meet(change.path, destinationOf(change)))) {
    throw new Refused(CODE.BadValue)
  }
  if (touched.some((path, i) => touched.some((other, k) => i !== k && meet(path, other)))) {
    throw new Refused(CODE.ConflictingUpdateOperators)
  }
  return changes.sort((a, b) => pathOrder(destinationOf(a), destinationOf(b)))
}

const destinationOf = ({ operator, path, argument }: Change): string[] =>
  operator === '$rename' ? (argument as string).split('.') : path

/** Whether one path leads through the other. */
const meet = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((name, depth) => depth >= b.length || name === b[depth])

function pathOrder(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((name, depth) => name !== b[depth])
  const [left, right] = [a[at], b[at]]
  if (left === undefined || right === undefined) return a.length - b.length
  return /^\d+$/.test(left) && /^\d+$/.test(right) ? Number(left) - Number(right) : left < right ? -1 : 1
}

function rename(doc: Document, from: readonly string[], to: readonly string[]): void {
  const value = valueAt(doc, from, true)
  if (value === undefined) return
  if (throughArray(doc, from) || throughArray(doc, to)) throw new Refused(CODE.BadValue)
  setAt(doc, to, value)
  removeAt(doc, from)
}

const throughArray = (doc: Document, path: readonly string[]): boolean =>
  path.some((_, depth) => depth > 0 && Array.isArray(valueAt(doc, path.slice(0, depth), false)))

/** What `$`, `$[]` and `$[name]` in a path stand for in a document. */
function concretePaths(
  doc: Document,
  path: readonly string[],
  { arrayFilters = [], strings, place }: UpdateRequest,
): string[][] {
  return path.reduce<string[][]>(
    (paths, name) => {
      if (name === '$') {
        if (place.index === undefined) throw new Refused(CODE.BadValue)
        return paths.map((done) => [...done, String(place.index)])
      }
      const identifier = /^\$\[(.*)\]$/.exec(name)?.[1]
      if (identifier === undefined) return paths.map((done) => [...done, name])
      return paths.flatMap((done) => {
        const array = valueAt(doc, done, false)
        if (!Array.isArray(array)) throw new Refused(CODE.BadValue)
        return array.flatMap((element, i) =>
          arrayFilters.every(
            (filter) => !concerns(filter, identifier) || matches({ [identifier]: element }, filter, strings),
          )
            ? [[...done, String(i)]]
            : [],
        )
      })
    },
    [[]],
  )
}

const concerns = (filter: Document, identifier: string): boolean =>
  Object.entries(filter).some(([name, demand]) =>
    name.startsWith('$')
      ? (demand as Document[]).some((each) => concerns(each, identifier))
      : name.split('.')[0] === identifier,
  )
