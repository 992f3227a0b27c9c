import type { Handler } from '../../platform/http/router.js'
import type { FallbackHealth } from '../../platform/search/index.js'
import type { EngineName, Standing } from '../indexing/index.js'

export interface HealthDeps {
  /** Null once migrations, demonstration data and first indexing are done; else what is being done. */
  starting(): string | null
  databaseAnswers(): Promise<boolean>
  searchHealth(): Promise<FallbackHealth>
  /** Whether the built-in engine has not all documents yet; one that is built anew has. */
  filling(): boolean
  /** How each engine stands. */
  standings(): Promise<Standing[]>
  /** Which of them answers. */
  serving(): EngineName
}

interface Readiness {
  ready: boolean
  /** Why it is not. */
  reason?: string
  database?: 'ok' | 'unavailable'
  /** `fallback`: the built-in engine answers while the one that is set up cannot. */
  search?: 'ok' | 'fallback' | 'unavailable'
  /** Changes that searches do not see yet. */
  lag?: number
  engines?: Partial<Record<EngineName, { lag: number; setAside: number }>>
}

/** `/healthz`: the process is alive. `/readyz`: it can answer visitors, 503 with the reason when it cannot. */
export function healthHandlers(deps: HealthDeps): Record<'healthz' | 'readyz', Handler> {
  return {
    healthz: (_req, res) => {
      res.set('Cache-Control', 'no-store').json({ alive: true })
    },
    readyz: async (_req, res) => {
      const readiness = await readinessOf(deps)
      res
        .set('Cache-Control', 'no-store')
        .status(readiness.ready ? 200 : 503)
        .json(readiness)
    },
  }
}

async function readinessOf(deps: HealthDeps): Promise<Readiness> {
  const { starting, databaseAnswers, searchHealth, filling, standings, serving } = deps
  const step = starting()
  if (step) return { ready: false, reason: step }
  const [answers, engine] = await Promise.all([databaseAnswers(), searchHealth()])
  const database = answers ? 'ok' : 'unavailable'
  // An index that is built anew answers from the old one meanwhile; one that was lost has none.
  const lacking = engine.fallback !== false && filling()
  const usable = engine.state !== 'unavailable' && !lacking
  const search = !usable ? 'unavailable' : engine.fallback ? 'fallback' : 'ok'
  if (!answers) return { ready: false, reason: 'the database does not answer', database, search }
  if (search === 'unavailable')
    return { ready: false, reason: engine.reason || 'no search engine is usable', database, search }
  const stands = await standings()
  const answering = stands.find(({ engine }) => engine === serving())
  return {
    ...{ ready: true, database, search, lag: answering?.lag ?? 0 },
    engines: Object.fromEntries(
      stands.map(({ engine, lag, setAside }) => [engine, { lag, setAside: setAside.length }]),
    ),
  }
}
