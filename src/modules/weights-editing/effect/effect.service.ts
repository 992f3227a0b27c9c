import type { RequestContext } from '../../../platform/http/context.js'
import type { ProviderRecord, ProviderService } from '../../providers/index.js'
import { type AgreedDeps, type AgreedEffect, agreedEffect } from './agreed.js'
import { type JudgedEffect, type JudgedNeedsDeps, judgedEffect } from './judged-needs.js'
import { type Compared, type LiveEffect, type LiveNeedsDeps, liveEffect } from './live-needs.js'

export interface EffectDeps extends LiveNeedsDeps, JudgedNeedsDeps, AgreedDeps {
  records: JudgedNeedsDeps['records'] & AgreedDeps['records']
  providers: Pick<ProviderService, 'byIds'>
}

/** What other weights would do, measured and not guessed. */
export interface Effect {
  live: LiveEffect
  /** The firms that move, by id. */
  firms: ReadonlyMap<string, ProviderRecord>
  /** Null where there is nothing to judge by here. */
  judged: JudgedEffect | null
  agreed: AgreedEffect
}

/** Measures a change without making it. */
export type EffectOf = (asked: Pick<RequestContext, 'actor' | 'park'>, compared: Compared) => Promise<Effect>

export function effectOf(deps: EffectDeps): EffectOf {
  return async ({ actor, park }, compared) => {
    const live = await liveEffect(deps, actor, park, compared)
    const ids = new Set(live.changed.flatMap(({ moves }) => moves.map(({ id }) => id)))
    const firms = new Map((await deps.providers.byIds(actor, [...ids])).map((firm) => [firm.id, firm]))
    const judged = await judgedEffect(deps, park, compared)
    return { live, firms, judged, agreed: await agreedEffect(deps, park, compared) }
  }
}
