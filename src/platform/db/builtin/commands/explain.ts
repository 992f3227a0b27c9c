import { plannedStart, stageOf } from '../aggregation/pipeline.js'
import { type Doc, isDoc } from '../bson/values.js'
import { MongoError } from '../errors.js'
import type { Reply } from '../replies.js'
import { compileQuery, match, planFor, type QuerySpec } from '../storage/match.js'
import type { Plan } from '../storage/planner.js'
import { type Command, type CommandContext, listOf } from './command.js'

const explain: Command = {
  name: 'explain',
  fields: ['verbosity'],
  run(body, context) {
    const inner = body.explain
    if (!isDoc(inner)) throw new MongoError('FailedToParse', 'explain needs a command')
    const [name = ''] = Object.keys(inner)
    if (name === 'aggregate') return explainPipeline(inner, context)
    return explainQuery(
      String(inner[name]),
      querySpecOf(name, inner),
      inner,
      context,
      body.verbosity !== 'queryPlanner',
    )
  },
}

function querySpecOf(name: string, command: Doc): QuerySpec {
  switch (name) {
    case 'find':
      return command
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return { ...command, filter: command.query ?? {} }
    case 'update':
    case 'delete': {
      const [statement] = (command.updates ?? command.deletes ?? []) as Doc[]
      return { ...statement, filter: statement?.q ?? {} }
    }
  }
  throw new MongoError('CommandNotFound', `Explain failed due to unknown command: ${name}`)
}

export function explainPipeline(command: Doc, context: CommandContext): Reply {
  const { filter, sort } = plannedStart(listOf(command, 'pipeline').map(stageOf))
  return explainQuery(String(command.aggregate), { ...command, filter, sort }, command, context, false)
}

function explainQuery(
  name: string,
  spec: QuerySpec,
  command: Doc,
  { engine, db, view }: CommandContext,
  run: boolean,
): Reply {
  const collection = engine.catalog.find(db, name)
  const query = compileQuery(spec, collection)
  const plan: Plan = collection ? planFor(view, collection, query) : { kind: 'table', reverse: false }
  let returned = 0
  if (run && collection) for (const _ of match(view, collection, query)) returned++
  return {
    explainVersion: '1',
    queryPlanner: { namespace: `${db}.${name}`, winningPlan: describe(plan, query.sort.length > 0), rejectedPlans: [] },
    ...(run ? { executionStats: { executionSuccess: true, nReturned: returned } } : {}),
    command,
  }
}

function describe(plan: Plan, sorting: boolean): Doc {
  const access = describeAccess(plan)
  return sorting && !(plan.kind === 'index' && plan.sorted) ? { stage: 'SORT', inputStage: access } : access
}

function describeAccess(plan: Plan): Doc {
  switch (plan.kind) {
    case 'table':
      return { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' }
    case 'union':
      return { stage: 'OR', inputStages: plan.plans.map(describeAccess) }
    case 'index': {
      const { index, reverse, ranges } = plan
      const scan = {
        stage: 'IXSCAN',
        indexName: index?.name ?? '_id_',
        keyPattern: index?.record.spec.key ?? { _id: 1 },
        isMultiKey: index?.record.multikey ?? false,
        direction: reverse ? 'backward' : 'forward',
        ranges: ranges.length,
      }
      return { stage: 'FETCH', inputStage: scan }
    }
  }
}

export const explainCommands: readonly Command[] = [explain]
