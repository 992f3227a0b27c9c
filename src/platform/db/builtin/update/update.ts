import type { StringOrder } from '../bson/compare.js'
import { equal } from '../bson/compare.js'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { type ArrayFilters, expandPath, identifiersIn, parseArrayFilters } from './array-filters.js'
import { addToSet, pop, pull, pullAll, push } from './array-operators.js'
import { increment, keepGreatest, keepLeast, multiplyBy, setBits, setCurrentDate } from './field-operators.js'
import { pipelineUpdate, requireSameId } from './pipeline-update.js'
import { type Target, targetAt } from './targets.js'

/** What an update needs to know of the document it is applied to. */
export interface UpdateContext {
  /** What `$` stands for. */
  position?: number | undefined
  /** The document is new: `$setOnInsert` applies. */
  inserting?: boolean
  now: Date
}

/** Changes a document in place, or gives another one for it; the result keeps its _id. */
export interface Update {
  replaces: boolean
  apply(doc: Doc, context: UpdateContext): Doc
}

/**
 * Compiles an update: operators, or a whole document to put in place.
 * @throws MongoError FailedToParse, BadValue, ConflictingUpdateOperators as MongoDB does
 */
export function compileUpdate(
  update: unknown,
  {
    arrayFilters,
    strings,
    variables = {},
  }: { arrayFilters?: unknown; strings?: StringOrder | undefined; variables?: Doc },
): Update {
  if (Array.isArray(update)) return pipelineUpdate(update, variables)
  if (!isDoc(update)) throw new MongoError('FailedToParse', 'Update argument must be either an object or an array')
  const [first] = Object.keys(update)
  if (first === undefined || !first.startsWith('$')) return replacement(update)
  const filters = parseArrayFilters(arrayFilters, strings)
  const changes = changesOf(update, strings)
  checkConflicts(changes)
  checkIdentifiers(changes, filters)
  return {
    replaces: false,
    apply(doc, context) {
      const id = doc._id
      for (const change of changes) applyChange(doc, change, filters, context)
      requireSameId(id, doc)
      return doc
    },
  }
}

interface Change {
  path: readonly string[]
  run: (target: Target, context: UpdateContext, doc: Doc) => void
}

type Operator = (target: Target, argument: unknown, strings: StringOrder | undefined, context: UpdateContext) => void

const OPERATORS: Readonly<Record<string, Operator>> = {
  $set: (target, argument) => target.set(argument),
  $setOnInsert: (target, argument, _strings, { inserting }) => {
    if (inserting) target.set(argument)
  },
  $unset: (target) => target.unset(),
  $inc: increment,
  $mul: multiplyBy,
  $min: keepLeast,
  $max: keepGreatest,
  $currentDate: (target, argument, _strings, { now }) => setCurrentDate(target, argument, now),
  $bit: setBits,
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
}

function replacement(update: Doc): Update {
  for (const name of Object.keys(update)) {
    if (name.startsWith('$')) {
      throw new MongoError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document.`,
      )
    }
  }
  const { _id, ...rest } = update
  return {
    replaces: true,
    apply(doc) {
      if (doc._id === undefined) return { ...update }
      if (_id !== undefined && !equal(doc._id, _id)) {
        throw new MongoError(
          'ImmutableField',
          "After applying the update, the (immutable) field '_id' was found to have been altered",
        )
      }
      return { _id: doc._id, ...rest }
    },
  }
}

function changesOf(update: Doc, strings: StringOrder | undefined): Change[] {
  const changes = Object.entries(update).flatMap(([name, fields]) => {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
    if (!operator && name !== '$rename') {
      throw new MongoError(
        'FailedToParse',
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      )
    }
    if (!isDoc(fields))
      throw new MongoError(
        'FailedToParse',
        `Modifiers operate on fields but we found another type instead. For example: {$mod: {<field>: ...}} not {${name}: ...}`,
      )
    return Object.entries(fields).flatMap(([field, argument]): Change[] => {
      const path = parseField(field)
      if (!operator) return renaming(path, argument)
      return [{ path, run: (target, context) => operator(target, argument, strings, context) }]
    })
  })
  return changes.sort((a, b) => comparePaths(a.path, b.path))
}

/** Source and destination are both changed, so both take part in the search for conflicts. */
function renaming(from: readonly string[], argument: unknown): Change[] {
  if (typeof argument !== 'string')
    throw new MongoError('BadValue', `The 'to' field for $rename must be a string: ${from.join('.')}`)
  const to = parseField(argument)
  if (from.every((name, depth) => depth >= to.length || name === to[depth])) {
    throw new MongoError(
      'BadValue',
      `The source and target field for $rename must not be on the same path: ${argument}`,
    )
  }
  const dynamic = [from, to].find((path) => path.some((name) => name.startsWith('$')))
  if (dynamic) throw new MongoError('BadValue', `A field for $rename may not be dynamic: ${dynamic.join('.')}`)
  const run: Change['run'] = (target, _context, doc) => {
    const source = targetAt(doc, from)
    source.requireViable()
    if (source.value === undefined) return
    refuseArrays(doc, from, 'source')
    refuseArrays(doc, to, 'destination')
    target.set(source.value)
    source.unset()
  }
  return [
    { path: to, run },
    { path: from, run: () => {} },
  ]
}

/** Fields are not renamed into arrays, nor out of them. */
function refuseArrays(doc: Doc, path: readonly string[], role: string): void {
  for (const [depth] of path.entries()) {
    if (depth > 0 && Array.isArray(targetAt(doc, path.slice(0, depth)).value)) {
      throw new MongoError('BadValue', `The ${role} field cannot be an array element, '${path.join('.')}'`)
    }
  }
}

function parseField(field: string): readonly string[] {
  const path = field.split('.')
  if (path.includes('')) {
    throw new MongoError('Location56', `The update path '${field}' contains an empty field name, which is not allowed.`)
  }
  return path
}

function applyChange(doc: Doc, { path, run }: Change, filters: ArrayFilters, context: UpdateContext): void {
  const paths = path.some((name) => name.startsWith('$')) ? expandPath(doc, path, filters, context.position) : [path]
  for (const concrete of paths) run(targetAt(doc, concrete), context, doc)
}

/** Fields are changed in the order of their names, numbers by value. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (const [i, name] of a.entries()) {
    const other = b[i]
    if (other === undefined) return 1
    if (name !== other) {
      const numeric = Number(name) - Number(other)
      return Number.isNaN(numeric) ? (name < other ? -1 : 1) : numeric
    }
  }
  return a.length - b.length
}

function checkConflicts(changes: readonly Change[]): void {
  for (const [i, { path }] of changes.entries()) {
    for (const { path: other } of changes.slice(0, i)) {
      if (other.every((name, depth) => name === path[depth])) {
        throw new MongoError(
          'ConflictingUpdateOperators',
          `Updating the path '${path.join('.')}' would create a conflict at '${other.join('.')}'`,
        )
      }
    }
  }
}

function checkIdentifiers(changes: readonly Change[], filters: ArrayFilters): void {
  const used = new Set(changes.flatMap(({ path }) => identifiersIn(path)))
  for (const name of used) {
    if (!filters.has(name)) throw new MongoError('BadValue', `No array filter found for identifier '${name}'`)
  }
  for (const name of filters.keys()) {
    if (!used.has(name))
      throw new MongoError('FailedToParse', `The array filter for identifier '${name}' was not used in the update`)
  }
}
