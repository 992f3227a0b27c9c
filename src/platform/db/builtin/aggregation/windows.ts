import { type Doc, fieldOf, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { parseSort, type SortField, sortBy, sortOrder } from '../query/sort.js'
import { compileAccumulator } from './accumulate.js'
import { RUNNING } from './accumulators.js'
import { compileExpression } from './expressions.js'
import { requireKnown, setAt } from './fields.js'
import { checkOperators } from './operators.js'
import { partitions } from './partitions.js'
import type { Stage, StageContext } from './stages.js'
import { compileBounds } from './window-bounds.js'
import { type Column, WINDOW_OPERATORS } from './window-operators.js'

/** `$setWindowFields`: fields made of the documents around each one, in the order of its part. */
export function setWindowFields(argument: unknown, context: StageContext): Stage {
  const spec = isDoc(argument) ? argument : {}
  requireKnown(argument, ['partitionBy', 'sortBy', 'output'], 'Location40415', 'unknown field of $setWindowFields')
  if (!isDoc(spec.output)) throw new MongoError('Location40414', "$setWindowFields needs 'output' as a document")
  const partOf = compileExpression(spec.partitionBy ?? null, context.variables)
  const fields = parseSort(spec.sortBy)
  const order = sortOrder(fields, context.strings)
  const at = compileExpression(fields[0] ? `$${fields[0].name}` : null)
  const outputs = Object.entries(spec.output).map(([name, output]) => ({
    path: name.split('.'),
    column: compileColumn(output, fields, context),
  }))
  return function* (documents) {
    for (const { docs } of partitions(documents, (doc) => partOf(doc) ?? null)) {
      const members = sortBy(docs, (doc) => doc, order).map((doc) => ({ doc, at: at(doc) }))
      const columns = outputs.map(({ column }) => column(members))
      for (const [i, { doc }] of members.entries()) {
        yield outputs.reduce((result, { path }, j) => setAt(result, path, columns[j]?.[i]), doc)
      }
    }
  }
}

function compileColumn(output: unknown, sort: readonly SortField[], { variables }: StageContext): Column {
  const { window, ...rest } = isDoc(output) ? output : {}
  const [only, ...others] = Object.entries(rest)
  if (!only || others.length > 0) throw new MongoError('FailedToParse', 'a window field must have exactly one operator')
  const [operator, argument] = only
  const sorted = sort.length > 0
  checkOperators(rest)
  const compile = WINDOW_OPERATORS.get(operator)
  if (compile && !sorted) throw new MongoError('FailedToParse', `${operator} requires a sortBy`)
  if (/^\$(denseR|r)ank$/.test(operator) && sort.length > 1)
    throw new MongoError(
      'Location5371602',
      `${operator} must be specified with a top level sortBy expression with exactly one element`,
    )
  if (isDoc(window) && !sorted && (window.documents ?? window.range) !== undefined && !isEverything(window))
    throw new MongoError('Location5339901', 'window bounds require a sortBy')
  const bounds = compileBounds(window, sort)
  if (compile) return compile(argument, variables, bounds)
  const { input, fold } = compileAccumulator(operator, argument, variables)
  return (members) => {
    const values = members.map(({ doc }) => input(doc))
    if (bounds?.running && RUNNING[operator]) return RUNNING[operator](values)
    if (bounds) return members.map((_, i) => fold(values.slice(...bounds(members, i))))
    const all = fold(values)
    return members.map(() => all)
  }
}

const isEverything = ({ documents, range }: Doc): boolean =>
  [documents ?? range].flat().every((bound) => bound === 'unbounded')

/** `$fill`: what is null or missing is taken from the neighbours, or from an expression. */
export function fill(
  argument: unknown,
  context: StageContext,
  addFields: (fields: Doc, context: StageContext) => Stage,
): Stage {
  const spec = isDoc(argument) ? argument : {}
  const known = ['partitionBy', 'partitionByFields', 'sortBy', 'output']
  requireKnown(argument, known, 'Location40415', 'unknown field of $fill')
  const byMethod: Doc = {}
  const byValue: Doc = {}
  for (const [name, output] of Object.entries(isDoc(spec.output) ? spec.output : {})) {
    const method = fieldOf(output, 'method')
    if (method === 'locf') byMethod[name] = { $locf: `$${name}` }
    else if (method === 'linear') byMethod[name] = { $linearFill: `$${name}` }
    else if (isDoc(output) && 'value' in output) byValue[name] = { $ifNull: [`$${name}`, output.value] }
    else throw new MongoError('Location6050202', "each output of $fill needs a 'value' or a 'method' of linear or locf")
  }
  const names = Array.isArray(spec.partitionByFields) ? spec.partitionByFields : []
  const partitionBy = spec.partitionBy ?? names.map((name) => `$${name}`)
  const windows = setWindowFields({ partitionBy, sortBy: spec.sortBy, output: byMethod }, context)
  const values = addFields(byValue, context)
  return (documents) => values(Object.keys(byMethod).length > 0 ? windows(documents) : documents)
}
