import type { Switch } from '../../platform/search/index.js'
import type { EngineIndexing, EngineName, Standing } from './indexing.service.js'

/** The engines there are, and which of them answers. */
export interface SearchEngines {
  all: readonly EngineIndexing[]
  serving(): EngineName
  /** Null where there is only the built-in engine. */
  lastSwitch(): Switch | null
}

/** Since when the built-in engine stands in for the one that is set up; null while it does not. */
export function standingIn({ lastSwitch }: Pick<SearchEngines, 'lastSwitch'>): Date | null {
  const last = lastSwitch()
  return last?.to === 'fallback' ? last.at : null
}

export const standings = ({ all }: Pick<SearchEngines, 'all'>): Promise<Standing[]> =>
  Promise.all(all.map((engine) => engine.standing()))
