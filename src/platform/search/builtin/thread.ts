import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '../../../kernel/errors.js'
import {
  EngineUnavailable,
  type IndexName,
  type Lexicon,
  type Query,
  type SearchDocument,
  type Trial,
  TrialEnded,
  type TrialSearch,
} from '../port.js'
import { DocumentQueue } from './document-queue.js'
import { LocalEngine } from './local-engine.js'
import type { Failure, Reply, Request, ThreadOptions } from './thread-messages.js'

/** The thread in which the engine runs: it answers one message after another, so that no page waits for another's search. */

const { folder, firstKey } = workerData as ThreadOptions
const tell = (reply: Reply) => parentPort?.postMessage(reply)
const engine = new LocalEngine({
  folder,
  onError: (error) => tell({ problem: messageOf(error) }),
})

const rebuilds = new Map<number, { queue: DocumentQueue; done: Promise<void> }>()
const trials = new Map<number, Trial>()
let keys = firstKey

/** What goes on over several messages; the key that the first one answers names it in the others. */
const parts: Record<string, (...args: never[]) => Promise<unknown>> = {
  beginRebuild: async (index: IndexName) => {
    const queue = new DocumentQueue()
    const done = engine.rebuild(index, queue.documents())
    // Told to whoever ends it; until then nobody listens.
    done.catch((error) => queue.fail(error))
    const key = ++keys
    rebuilds.set(key, { queue, done })
    // What is read of the database before the engine notes which writes come meanwhile would lack those.
    await Promise.race([queue.asked, done])
    return key
  },
  addToRebuild: async (key: number, documents: readonly SearchDocument[]) => rebuildOf(key).queue.add(documents),
  endRebuild: async (key: number) => {
    const { queue, done } = rebuildOf(key)
    rebuilds.delete(key)
    queue.end()
    await done
  },
  failRebuild: async (key: number) => {
    const rebuild = rebuilds.get(key)
    rebuilds.delete(key)
    rebuild?.queue.fail(new Error('the source of the documents failed'))
    await rebuild?.done.catch(() => undefined)
  },
  trial: async (lexicon: Lexicon, documents: Parameters<TrialSearch['trial']>[1]) => {
    const key = ++keys
    trials.set(key, await engine.trial(lexicon, documents))
    return key
  },
  searchTrial: async (key: number, index: IndexName, query: Query) => {
    const trial = trials.get(key)
    if (trial) return trial.search(index, query)
    if (key > firstKey) throw new TrialEnded()
    throw new EngineUnavailable('the search thread ended, and the trial with it')
  },
  endTrial: async (key: number) => {
    await trials.get(key)?.end()
    trials.delete(key)
  },
}

parentPort?.on('message', async ({ id, method, args }: Request) => {
  try {
    const call = parts[method] ?? (engine[method as keyof LocalEngine] as (...args: never[]) => Promise<unknown>)
    tell({ id, value: await call.apply(engine, args as never[]) })
  } catch (error) {
    tell({ id, error: failureOf(error) })
  }
})

/** A key is of a thread before this one when it is unknown. */
function rebuildOf(key: number) {
  const rebuild = rebuilds.get(key)
  if (!rebuild) throw new EngineUnavailable('the search thread ended while an index was built')
  return rebuild
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  const { name, message, index, field } = error as Error & Partial<Failure>
  return { name, message, ...(index && { index }), ...(field !== undefined && { field }) }
}
