import type { Logger } from 'pino'
import type { Clock } from '../../kernel/clock.js'
import { messageOf } from '../../kernel/errors.js'
import { newId } from '../../kernel/ids.js'
import type { EngineIndexing } from './indexing.service.js'
import type { Work, WorkPart, WorkRow } from './work.model.js'
import type { WorkRepository } from './work.repository.js'

export interface WorkDeps {
  works: WorkRepository
  engines: readonly EngineIndexing[]
  clock: Clock
  log: Logger
}

export interface SearchWork {
  /** Asks every running instance, this one included; answers the work's id. */
  ask(what: Work): Promise<string>
  latest(): Promise<WorkRow | null>
  /** Does what was asked since this instance started and is not done yet on its engines. */
  run(): Promise<void>
  /** Gives up what is under way: the product stops. */
  stop(): Promise<void>
}

/**
 * Rebuilding and comparing the indexes of a product that goes on running. An engine inside the process is each instance's own to
 * see to; one that all share is seen to by whichever instance comes first.
 */
export function searchWork({ works, engines, clock, log }: WorkDeps): SearchWork {
  const instance = newId()
  const started = clock()

  /** Notes that this instance does it, so that who waits knows of all there will be; null when another does. */
  async function begin({ _id }: WorkRow, engine: EngineIndexing): Promise<WorkPart | null> {
    const { engine: name } = engine
    const key = name === 'builtin' ? `builtin ${instance}` : name
    const mine: WorkPart = { key, engine: name, state: 'working', at: clock(), compared: [], built: [], error: '' }
    return (await works.begin(_id, mine)) ? mine : null
  }

  async function doOn(engine: EngineIndexing, { _id, what }: WorkRow, part: WorkPart): Promise<void> {
    const tell = () => works.tell(_id, { ...part, at: clock() })
    const telling: Promise<void>[] = []
    try {
      if (what === 'verify')
        await engine.verify((comparison) => {
          part.compared.push(comparison)
          telling.push(tell())
        })
      else
        await engine.rebuild((built) => {
          part.built.push(built)
          telling.push(tell())
        })
      part.state = 'done'
    } catch (error) {
      part.state = 'failed'
      part.error = messageOf(error)
      log.error({ err: error, engine: engine.engine, what }, 'what was asked of the search index failed')
    }
    await Promise.allSettled(telling)
    await tell()
  }

  return {
    ask: works.ask,
    latest: works.latest,
    stop: async () => {
      for (const engine of engines) engine.breakOff()
    },
    run: async () => {
      for (const work of await works.waiting(`builtin ${instance}`)) {
        if (work.at < started) continue
        const mine: [EngineIndexing, WorkPart][] = []
        for (const engine of engines) {
          const part = await begin(work, engine)
          if (part) mine.push([engine, part])
        }
        for (const [engine, part] of mine) await doOn(engine, work, part)
      }
    },
  }
}
