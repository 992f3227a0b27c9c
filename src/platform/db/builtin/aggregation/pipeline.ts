import type { StringOrder } from '../bson/compare.js'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError, notImplemented, searchNotEnabled } from '../errors.js'
import type { Collection } from '../storage/collection.js'
import { compileQuery, match } from '../storage/match.js'
import type { View } from '../storage/view.js'
import { countOnly } from './count-only.js'
import { compileExpression } from './expressions.js'
import { requireKnown } from './fields.js'
import { geoNear } from './geo-near.js'
import { graphLookup } from './graph-lookup.js'
import { lookup } from './lookup.js'
import { SIMPLE_STAGES, type Stage } from './stages.js'

/** What a pipeline runs against. */
export interface PipelineSource {
  view: View
  /** A collection of the database by name, if there is one. */
  find(name: string): Collection | undefined
  collation: unknown
  strings: StringOrder | undefined
  hint?: unknown
}

const NEEDS_A_SERVER = new Set([
  '$changeStream',
  '$collStats',
  '$currentOp',
  '$indexStats',
  '$listLocalSessions',
  '$listSessions',
  '$planCacheStats',
])

const NEEDS_ATLAS = new Set(['$listSearchIndexes', '$search', '$searchMeta', '$vectorSearch'])

/**
 * The documents that a pipeline makes of a collection (or of nothing, for `$documents`). Stages are compiled at once and run as
 * the result is read. A leading `$match` and `$sort` are answered by the planner.
 * @throws MongoError Location40324 for an unknown stage
 */
export function runPipeline(
  source: PipelineSource,
  name: string | undefined,
  pipeline: readonly unknown[],
  variables: Doc = {},
): Iterable<Doc> {
  const stages = pipeline.map(stageOf)
  const counted = name === undefined ? undefined : countOnly(source, source.find(name), stages, variables)
  if (counted) return counted
  const { documents, used } = startOf(source, name, stages, variables)
  return chain(documents, compileStages(source, stages.slice(used), variables))
}

export interface NamedStage {
  name: string
  argument: unknown
}

/** @throws MongoError Location40323 for what is no stage */
export function stageOf(stage: unknown): NamedStage {
  const [only, ...others] = isDoc(stage) ? Object.entries(stage) : []
  if (!only || others.length > 0) {
    throw new MongoError('Location40323', 'A pipeline stage specification object must contain exactly one field.')
  }
  return { name: only[0], argument: only[1] }
}

function startOf(
  source: PipelineSource,
  name: string | undefined,
  stages: readonly NamedStage[],
  variables: Doc,
): { documents: Iterable<Doc>; used: number } {
  const [first] = stages
  if (first?.name === '$documents') {
    const documents = compileExpression(first.argument, variables)({})
    return { documents: Array.isArray(documents) ? documents.filter(isDoc) : [], used: 1 }
  }
  if (first?.name === '$geoNear') return { documents: geoNear(source, name, first.argument, variables), used: 1 }
  const collection = name === undefined ? undefined : source.find(name)
  const { collation, hint } = source
  const { used, ...asked } = plannedStart(stages)
  const query = compileQuery({ ...asked, collation, hint, let: variables, orderless: true }, collection)
  return { documents: collection ? decoded(source.view, collection, query) : [], used }
}

/** What the planner answers of a pipeline, and how many stages that is. */
export function plannedStart(stages: readonly NamedStage[]): { filter: unknown; sort: unknown; used: number } {
  const filter = stages[0]?.name === '$match' ? stages[0] : undefined
  const next = stages[filter ? 1 : 0]
  const sort = next?.name === '$sort' ? next : undefined
  return { filter: filter?.argument ?? {}, sort: sort?.argument, used: (filter ? 1 : 0) + (sort ? 1 : 0) }
}

function* decoded(view: View, collection: Collection, query: ReturnType<typeof compileQuery>): Generator<Doc> {
  for (const { doc } of match(view, collection, query)) yield doc
}

const chain = (documents: Iterable<Doc>, stages: readonly Stage[]): Iterable<Doc> =>
  stages.reduce((input, stage) => stage(input), documents)

function compileStages(source: PipelineSource, stages: readonly NamedStage[], variables: Doc): Stage[] {
  return stages.map(({ name, argument }): Stage => {
    const simple = Object.hasOwn(SIMPLE_STAGES, name) ? SIMPLE_STAGES[name] : undefined
    if (simple) return simple(argument, { strings: source.strings, variables })
    const runOn = (from: string, inner: readonly Doc[], more: Doc): Iterable<Doc> =>
      runPipeline(source, from, inner, { ...variables, ...more })
    if (name === '$lookup') return lookup(argument, runOn, variables)
    if (name === '$facet') return facet(source, argument, variables)
    if (name === '$unionWith') return unionWith(argument, runOn)
    if (name === '$graphLookup') return graphLookup(argument, runOn, variables)
    if (NEEDS_A_SERVER.has(name)) throw notImplemented(name)
    if (NEEDS_ATLAS.has(name)) throw searchNotEnabled()
    if (name === '$geoNear')
      throw new MongoError('Location40602', '$geoNear is only valid as the first stage in a pipeline')
    if (name === '$out' || name === '$merge')
      throw new MongoError('Location40601', `${name} can only be the final stage in the pipeline`)
    throw new MongoError('Location40324', `Unrecognized pipeline stage name: '${name}'`)
  })
}

function facet(source: PipelineSource, argument: unknown, variables: Doc): Stage {
  if (!isDoc(argument)) throw new MongoError('Location40169', 'the $facet specification must be a non-empty object')
  const facets = Object.entries(argument).map(([name, pipeline]) => {
    if (!Array.isArray(pipeline)) throw new MongoError('Location40170', 'arguments to $facet must be arrays')
    return { name, stages: compileStages(source, pipeline.map(stageOf), variables) }
  })
  return function* (documents) {
    const all = [...documents]
    yield Object.fromEntries(facets.map(({ name, stages }) => [name, [...chain(all, stages)]]))
  }
}

function unionWith(
  argument: unknown,
  runOn: (from: string, pipeline: readonly Doc[], variables: Doc) => Iterable<Doc>,
): Stage {
  const spec = typeof argument === 'string' ? { coll: argument } : argument
  if (!isDoc(spec) || typeof spec.coll !== 'string')
    throw new MongoError('FailedToParse', "$unionWith needs 'coll' as a string")
  requireKnown(spec, ['coll', 'pipeline'], 'Location40415', 'unknown field of $unionWith')
  const other = runOn(spec.coll, (spec.pipeline ?? []) as readonly Doc[], {})
  return function* (documents) {
    yield* documents
    yield* other
  }
}
