import type { Logger } from 'pino'
import type { Clock } from '../../kernel/clock.js'
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
}

/**
 * Rebuilding and comparing the indexes of a product that goes on running. An engine inside the process is each instance's own to
 * see to; one that all share is seen to by whichever instance comes first.
 */
export function searchWork({ works, engines, clock, log }: WorkDeps): SearchWork {
  const instance = newId()
  const started = clock()

  async function doOn(engine: EngineIndexing, { _id, what }: WorkRow, key: string): Promise<void> {
    const part: WorkPart = {
      key,
      engine: engine.engine,
      state: 'working',
      at: clock(),
      compared: [],
      built: [],
      error: '',
    }
    if (!(await works.begin(_id, part))) return
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
      part.error = error instanceof Error ? error.message : String(error)
      log.error({ err: error, engine: engine.engine, what }, 'what was asked of the search index failed')
    }
    await Promise.allSettled(telling)
    await tell()
  }

  return {
    ask: works.ask,
    latest: works.latest,
    run: async () => {
      for (const engine of engines) {
        const key = engine.engine === 'builtin' ? `builtin ${instance}` : engine.engine
        const waiting = await works.waiting(key)
        for (const work of waiting) if (work.at >= started) await doOn(engine, work, key)
      }
    },
  }
}
