import { Aggregator } from 'mingo/aggregator'
import { type Doc, isDoc, Rank, rankOf } from '../bson/values.js'
import { compileProjection } from '../query/project.js'
import { guarded, plainDoc } from './expressions.js'
import { checkOperators, OPTIONS } from './operators.js'
import type { Stage } from './stages.js'

/** Stages that mingo computes, on plain values. */
export const COMPUTED_STAGES: ReadonlySet<string> = new Set([
  '$bucketAuto',
  '$densify',
  '$fill',
  '$graphLookup',
  '$project',
  '$redact',
  '$replaceRoot',
  '$replaceWith',
  '$setWindowFields',
])

/**
 * @param everythingIn all documents of a collection by name, for `$graphLookup`
 * @throws MongoError for an operator that is not known
 */
export function computedStage(
  name: string,
  argument: unknown,
  variables: Doc,
  everythingIn: (name: string) => Doc[] = () => [],
): Stage {
  checkOperators(argument, name === '$project' ? 'Location31325' : 'Location168')
  if (name === '$project' && isSelection(argument)) return select(argument)
  const options = { ...OPTIONS, variables: plainDoc(variables), collectionResolver: everythingIn }
  const aggregator = new Aggregator([plainDoc({ [name]: argument })], options)
  return (documents) => guarded(() => aggregator.run([...documents].map(plainDoc)) as Doc[])
}

/** A projection that only keeps or drops fields leaves the values as they are, in their BSON types. */
function isSelection(argument: unknown): boolean {
  if (!isDoc(argument) || Object.keys(argument).length === 0) return false
  return Object.values(argument).every((value) => [Rank.Number, Rank.Boolean].some((rank) => rank === rankOf(value)))
}

function select(argument: unknown): Stage {
  const project = compileProjection(argument)
  return function* (documents) {
    for (const doc of documents) yield project?.(doc) ?? doc
  }
}
