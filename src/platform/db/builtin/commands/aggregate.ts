import { writeOutput } from '../aggregation/output.js'
import { type PipelineSource, runPipeline } from '../aggregation/pipeline.js'
import { type Doc, encode, isDoc, toNumber } from '../bson/values.js'
import { MongoError } from '../errors.js'
import { parseCollation } from '../query/collation.js'
import { type Command, type CommandContext, listOf } from './command.js'
import { explainPipeline } from './explain.js'

const aggregate: Command = {
  name: 'aggregate',
  fields: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'collation', 'hint', 'let', 'bypassDocumentValidation'],
  transactional: true,
  snapshots: true,
  run(body, context) {
    const pipeline = listOf(body, 'pipeline')
    if (body.explain === true) return explainPipeline(body, context)
    if (!isDoc(body.cursor)) {
      throw new MongoError(
        'FailedToParse',
        "The 'cursor' option is required, except for aggregate with the explain argument",
      )
    }
    const name = typeof body.aggregate === 'string' ? body.aggregate : undefined
    const source = sourceOf(body, context)
    const output = outputOf(pipeline)
    if (output && context.atClusterTime)
      throw new MongoError('InvalidOptions', `${Object.keys(output)[0]} cannot read from a snapshot`)
    if (output && isDoc(body.readConcern) && body.readConcern.level === 'linearizable')
      throw new MongoError(
        'InvalidOptions',
        `${Object.keys(output)[0]} cannot be used with read concern 'linearizable'`,
      )
    const input = output ? pipeline.slice(0, -1) : pipeline
    const results = runPipeline(source, name, input, (body.let ?? {}) as Doc)
    if (output) writeOutput({ ...context, command: body }, output, results)
    return context.cursors.start({
      ns: `${context.db}.${name ?? '$cmd.aggregate'}`,
      documents: output ? [] : encoded(results),
      batchSize: body.cursor.batchSize === undefined ? undefined : toNumber(body.cursor.batchSize),
      transaction: context.transaction,
      atClusterTime: context.atClusterTime,
      session: context.session,
    })
  },
}

export function sourceOf(body: Doc, { view, db }: CommandContext): PipelineSource {
  const own = typeof body.aggregate === 'string' ? view.collection(db, body.aggregate) : undefined
  const collation = body.collation ?? own?.record.options.collation
  return {
    view,
    find: (name) => view.collection(db, name),
    collation,
    strings: parseCollation(collation)?.order,
    hint: body.hint,
  }
}

function outputOf(pipeline: readonly unknown[]): Doc | undefined {
  const last = pipeline.at(-1)
  return isDoc(last) && ('$out' in last || '$merge' in last) ? last : undefined
}

function* encoded(documents: Iterable<Doc>): Generator<Uint8Array> {
  for (const doc of documents) yield encode(doc)
}

export const aggregateCommands: readonly Command[] = [aggregate]
