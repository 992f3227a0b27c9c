import { SIMPLE_STAGES, type Stage } from '../aggregation/stages.js'
import { equal } from '../bson/compare.js'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import type { Update } from './update.js'

const ALLOWED = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'])

/**
 * An update whose changes are computed from the document itself.
 * @throws MongoError InvalidOptions for a stage that updates do not take
 */
export function pipelineUpdate(pipeline: readonly unknown[], variables: Doc): Update {
  const stages = pipeline.map((stage) => compileStage(stage, variables))
  return {
    replaces: false,
    apply(doc) {
      const [result = {}] = stages.reduce<Iterable<Doc>>((documents, stage) => stage(documents), [doc])
      const { _id = doc._id, ...rest } = result
      const changed = _id === undefined ? rest : { _id, ...rest }
      requireSameId(doc._id, changed)
      return changed
    },
  }
}

/** @throws MongoError ImmutableField */
export function requireSameId(id: unknown, doc: Doc): void {
  if (id === undefined || equal(id, doc._id)) return
  throw new MongoError(
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  )
}

function compileStage(stage: unknown, variables: Doc): Stage {
  const [name = '', ...others] = isDoc(stage) ? Object.keys(stage) : []
  if (!isDoc(stage) || others.length > 0) {
    throw new MongoError('Location40323', 'A pipeline stage specification object must contain exactly one field.')
  }
  const compile = ALLOWED.has(name) ? SIMPLE_STAGES[name] : undefined
  if (!compile) throw new MongoError('InvalidOptions', `${name} is not allowed to be used within an update`)
  return compile(stage[name], { strings: undefined, variables })
}
