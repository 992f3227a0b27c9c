import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import {
  EngineUnavailable,
  type IndexName,
  type IndexSchema,
  type Lexicon,
  type SearchDocument,
  type SearchPort,
  type Trial,
  TrialEnded,
  type TrialSearch,
  UnknownField,
  UnknownIndex,
} from '../port.js'
import type { KeptIndexes, LocalEngine } from './local-engine.js'
import type { Failure, Reply, Request, ThreadOptions } from './thread-messages.js'

/** Documents handed over at once in a rebuild. */
const BATCH = 100
const CLOSE_MS = 2_000
const HEAP_MB = 2_048
const KEYS_OF_ONE_LIFE = 2 ** 32

export interface BuiltinEngineOptions {
  /** Where indexes are kept, so that the next start need not build them; without it they are gone when the process ends. */
  folder?: string | undefined
  /**
   * The thread ends, and not the process, when its words and names take more than so many MiB; texts and lists do not count. About a
   * seventh of a mebibyte for 1,000 words.
   */
  heapMb?: number
  /** Told of what goes wrong beside the calls: a file that cannot be written, a thread that ended. */
  onProblem?: (message: string) => void
  /** Called after the thread ended by itself: a new one answers from now on, and knows no documents that are in no file. */
  onLost?: () => void
}

/** What calls return the engine's thread has: `search` and the rest of the port, and what is kept. */
export type BuiltinEngine = SearchPort & TrialSearch & KeptIndexes

interface Waiting {
  resolve(value: unknown): void
  reject(error: unknown): void
}

/**
 * The search engine inside the process, in a thread of its own: no search holds up the requests beside it. The thread is started with
 * the first call, and anew when it ended by itself.
 */
export function createBuiltinEngine({
  folder,
  heapMb = HEAP_MB,
  onProblem,
  onLost,
}: BuiltinEngineOptions = {}): BuiltinEngine {
  let worker: Worker | null = null
  let closed = false
  let lives = 1
  /** Resolves when a new thread knows what the one before knew; null as long as the first one lives. */
  let restored: Promise<void> | null = null
  let requests = 0
  const waiting = new Map<number, Waiting>()
  /** What a new thread has to be told first. */
  const schemas = new Map<IndexName, IndexSchema>()
  let lexicon: Lexicon | null = null

  function start(): Worker {
    const started = startThread({ folder, firstKey: lives * KEYS_OF_ONE_LIFE }, heapMb)
    started.on('message', (reply: Reply) => {
      if ('problem' in reply) {
        onProblem?.(reply.problem)
        return
      }
      const caller = waiting.get(reply.id)
      waiting.delete(reply.id)
      if (waiting.size === 0) started.unref()
      if ('error' in reply) caller?.reject(errorOf(reply.error))
      else caller?.resolve(reply.value)
    })
    started.on('error', (error) => onProblem?.(`the search thread failed: ${error.message}`))
    started.on('exit', () => {
      if (worker === started) worker = null
      const callers = [...waiting.values()]
      waiting.clear()
      for (const { reject } of callers) reject(new EngineUnavailable('the search thread ended'))
      if (closed) return
      restored = null
      lives++
      onProblem?.('the search thread ended; a new one is started')
      onLost?.()
    })
    started.unref()
    return started
  }

  function send(method: string, args: readonly unknown[]): Promise<unknown> {
    if (closed) return Promise.reject(new EngineUnavailable('the search engine is closed'))
    const id = ++requests
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker ??= start()
      // As long as somebody waits for an answer the process must not end.
      worker.ref()
      worker.postMessage({ id, method, args } satisfies Request)
    })
  }

  /** Sends to a thread that knows the indexes and the words. */
  async function ask(method: string, ...args: unknown[]): Promise<unknown> {
    if (lives > 1) {
      restored ??= restore().catch((error) => {
        restored = null
        throw error
      })
      await restored
    }
    return send(method, args)
  }

  async function restore(): Promise<void> {
    for (const [index, schema] of schemas) await send('ensureIndex', [index, schema])
    if (lexicon) await send('useLexicon', [lexicon])
  }

  type Method = Exclude<keyof LocalEngine, 'rebuild' | 'trial' | 'close' | 'health' | 'ensureIndex' | 'useLexicon'>
  const forward = <M extends Method>(method: M) =>
    ((...args: unknown[]) => ask(method, ...args)) as unknown as LocalEngine[M]

  // Gone with its thread, a trial needs no ending.
  const endTrial = (key: number) => ask('endTrial', key).catch(() => undefined)
  /** A trial that nobody ended is ended when nobody can search it any more. */
  const trialsLeft = new FinalizationRegistry<number>((key) => void endTrial(key))

  return {
    ensureIndex: async (index, schema) => {
      await ask('ensureIndex', index, schema)
      schemas.set(index, schema)
    },
    useLexicon: async (words) => {
      await ask('useLexicon', words)
      lexicon = words
    },
    upsert: forward('upsert'),
    remove: forward('remove'),
    flush: forward('flush'),
    rebuild: async (index, documents) => {
      const key = await ask('beginRebuild', index)
      try {
        for await (const batch of batches(documents)) await ask('addToRebuild', key, batch)
      } catch (error) {
        await ask('failRebuild', key)
        throw error
      }
      await ask('endRebuild', key)
    },
    search: forward('search'),
    multi: forward('multi'),
    matchText: forward('matchText'),
    facetValues: forward('facetValues'),
    similar: forward('similar'),
    documents: forward('documents'),
    page: forward('page'),
    trial: async (words, documents) => {
      const key = (await ask('trial', words, documents)) as number
      const trial: Trial = {
        search: ((index, query) => ask('searchTrial', key, index, query)) as SearchPort['search'],
        end: async () => {
          trialsLeft.unregister(trial)
          await endTrial(key)
        },
      }
      trialsLeft.register(trial, key, trial)
      return trial
    },
    restored: forward('restored'),
    moveTo: forward('moveTo'),
    advance: forward('advance'),
    renew: forward('renew'),
    health: async () => {
      if (closed) return { state: 'unavailable', reason: 'closed' }
      return (await ask('health')) as Awaited<ReturnType<SearchPort['health']>>
    },
    close: async () => {
      if (closed) return
      // What is being written is given up in order.
      if (worker)
        await Promise.race([send('close', []).catch(() => undefined), wait(CLOSE_MS, undefined, { ref: false })])
      closed = true
      await worker?.terminate()
    },
  }
}

function startThread(options: ThreadOptions, heapMb: number): Worker {
  // Nothing of the product's settings is its business.
  const common = {
    name: 'search',
    workerData: options,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  }
  if (!fileURLToPath(import.meta.url).endsWith('.ts'))
    return new Worker(new URL('./thread.js', import.meta.url), common)
  // A thread does not inherit the loader of TypeScript that runs the sources.
  const [loader, file] = [import.meta.resolve('tsx/esm/api'), new URL('./thread.ts', import.meta.url).href]
  const run = `import('${loader}').then(({ register }) => { register(); return import('${file}') })`
  return new Worker(run, { ...common, eval: true })
}

function errorOf({ name, message, index, field }: Failure): Error {
  if (name === 'UnknownField' && index && field !== undefined) return new UnknownField(index, field)
  if (name === 'UnknownIndex' && index) return new UnknownIndex(index)
  if (name === 'TrialEnded') return new TrialEnded()
  if (name === 'EngineUnavailable') return new EngineUnavailable(message)
  return Object.assign(new Error(message), { name })
}

async function* batches(documents: AsyncIterable<SearchDocument>): AsyncGenerator<SearchDocument[]> {
  let batch: SearchDocument[] = []
  for await (const document of documents) {
    batch.push(document)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
