import { compileExpression, type Evaluator } from '../aggregation/expressions.js'
import { setAt } from '../aggregation/fields.js'
import { type Doc, fieldOf, isDoc, isTruthy, Rank, rankOf, toNumber } from '../bson/values.js'
import { MongoError, notImplemented } from '../errors.js'
import { elementMatcher } from './filter.js'
import type { MatchPosition } from './paths.js'

/** Makes the document that a query returns of the one that is stored. */
export type Projection = (doc: Doc, position?: MatchPosition) => Doc

type Leaf = (value: unknown, position: MatchPosition | undefined) => unknown
type Tree = Map<string, Leaf | Tree>

interface Parts {
  tree: Tree
  computed: { path: string[]; compute: Evaluator }[]
  including: boolean | undefined
  id: boolean | undefined
  /** Where this is the stage `$project` and no projection of a query: its variables. */
  stage: { variables: Doc } | undefined
}

/** A projection needs to know where in an array the filter matched. */
export function usesPosition(projection: unknown): boolean {
  return isDoc(projection) && Object.keys(projection).some((name) => name.endsWith('.$'))
}

/**
 * Compiles a find projection: fields in or out, `$slice`, `$elemMatch`, the positional `.$`, and computed fields.
 * @returns undefined where there is nothing to change
 * @throws MongoError Location31254 and its like, as MongoDB, where inclusion and exclusion are mixed
 */
export function compileProjection(projection: unknown, stage?: { variables: Doc }): Projection | undefined {
  if (!isDoc(projection) || Object.keys(projection).length === 0) return undefined
  const parts: Parts = { tree: new Map(), computed: [], including: undefined, id: undefined, stage }
  for (const [name, value] of Object.entries(projection)) readField(parts, name, value)
  const including = parts.including ?? (parts.id === true || (parts.computed.length > 0 && parts.tree.size === 0))
  if (including && parts.id !== false && !parts.tree.has('_id')) parts.tree = new Map([['_id', keep], ...parts.tree])
  if (!including && parts.id === false) parts.tree.set('_id', drop)
  return (doc, position) => {
    const result = projectDoc(doc, parts.tree, including, position)
    return parts.computed.reduce((fields, { path, compute }) => setAt(fields, path, compute(doc)), result)
  }
}

const keep: Leaf = (value) => value
const drop: Leaf = () => undefined

function readField(parts: Parts, name: string, value: unknown): void {
  if (name.endsWith('.$') && !parts.stage) {
    decide(parts, true, name)
    addLeaf(parts.tree, name.slice(0, -2), positional)
    return
  }
  if (isDoc(value)) {
    readDocument(parts, name, value)
    return
  }
  const rank = rankOf(value)
  if (rank !== Rank.Number && rank !== Rank.Boolean) {
    compute(parts, name, value)
    return
  }
  const include = isTruthy(value)
  if (name === '_id') {
    parts.id = include
    return
  }
  decide(parts, include, name)
  addLeaf(parts.tree, name, include ? keep : drop)
}

function readDocument(parts: Parts, name: string, value: Doc): void {
  const [operator = ''] = Object.keys(value)
  if (operator === '$meta') throw notImplemented('$meta')
  if (operator === '') {
    throw new MongoError('Location51270', 'An empty sub-projection is not a valid value. Found empty object at path')
  }
  if (operator === '$slice' && !parts.stage && isSlice(value.$slice)) {
    addLeaf(parts.tree, name, slice(value.$slice))
  } else if (operator === '$elemMatch' && !parts.stage) {
    decide(parts, true, name)
    // Stands behind the fields that are simply kept, as what is computed does.
    parts.computed.push({ path: [name], compute: firstElement(name, value.$elemMatch) })
  } else if (operator.startsWith('$')) {
    compute(parts, name, value)
  } else {
    for (const [inner, nested] of Object.entries(value)) readField(parts, `${name}.${inner}`, nested)
  }
}

function decide(parts: Parts, include: boolean, name: string): void {
  if (parts.including !== undefined && parts.including !== include) {
    throw new MongoError(
      include ? 'Location31253' : 'Location31254',
      `Cannot do ${include ? 'inclusion' : 'exclusion'} on field ${name} in ${include ? 'exclusion' : 'inclusion'} projection`,
    )
  }
  parts.including = include
}

/** Of the documents on the way to a computed field nothing else is kept; each of an array is given the field. */
function compute(parts: Parts, name: string, value: unknown): void {
  decide(parts, true, name)
  const path = name.split('.')
  nodeAt(parts.tree, name, path.slice(0, -1))
  parts.computed.push({ path, compute: compileExpression(value, parts.stage?.variables) })
}

function addLeaf(tree: Tree, name: string, leaf: Leaf): void {
  const path = name.split('.')
  const last = path.pop() ?? ''
  const node = nodeAt(tree, name, path)
  if (node.has(last)) throw collision(name)
  node.set(last, leaf)
}

function nodeAt(tree: Tree, name: string, path: readonly string[]): Tree {
  let node = tree
  for (const step of path) {
    const child = node.get(step) ?? new Map()
    if (!(child instanceof Map)) throw collision(name)
    node.set(step, child)
    node = child
  }
  return node
}

const collision = (name: string): MongoError => new MongoError('Location31249', `Path collision at ${name}`)

function projectDoc(doc: Doc, tree: Tree, including: boolean, position: MatchPosition | undefined): Doc {
  const result: Doc = {}
  for (const [name, value] of Object.entries(doc)) {
    const part = tree.get(name)
    const projected =
      part === undefined
        ? including
          ? undefined
          : value
        : part instanceof Map
          ? projectInside(value, part, including, position)
          : part(value, position)
    if (projected !== undefined) result[name] = projected
  }
  return result
}

function projectInside(value: unknown, tree: Tree, including: boolean, position: MatchPosition | undefined): unknown {
  if (Array.isArray(value)) {
    return value
      .map((element) => projectInside(element, tree, including, position))
      .filter((element) => element !== undefined)
  }
  if (isDoc(value)) return projectDoc(value, tree, including, position)
  return including ? undefined : value
}

const isSlice = (argument: unknown): boolean =>
  rankOf(argument) === Rank.Number ||
  (Array.isArray(argument) && argument.every((each) => rankOf(each) === Rank.Number))

function slice(argument: unknown): Leaf {
  const [skip, limit] = Array.isArray(argument) ? argument.map(toNumber) : [undefined, toNumber(argument)]
  if (skip !== undefined && (limit === undefined || limit <= 0)) {
    throw new MongoError('Location28724', 'Third argument to $slice must be positive')
  }
  return (value) => {
    if (!Array.isArray(value)) return value
    if (skip === undefined) return (limit ?? 0) < 0 ? value.slice(limit) : value.slice(0, limit)
    const start = skip < 0 ? Math.max(value.length + skip, 0) : skip
    return value.slice(start, start + (limit ?? 0))
  }
}

function firstElement(name: string, condition: unknown): Evaluator {
  if (name.includes('.')) throw new MongoError('Location31275', 'Cannot use $elemMatch projection on a nested field')
  if (!isDoc(condition)) throw new MongoError('BadValue', 'elemMatch: Invalid argument, object required')
  const matches = elementMatcher(condition, {})
  return (doc) => {
    const value = fieldOf(doc, name)
    const index = Array.isArray(value) ? value.findIndex(matches) : -1
    return index < 0 ? undefined : [(value as unknown[])[index]]
  }
}

const positional: Leaf = (value, position) => {
  if (!Array.isArray(value)) return value
  if (position?.index === undefined) {
    throw new MongoError(
      'Location51246',
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    )
  }
  return [value[position.index]]
}
