import { Forbidden, NotFound } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/ids.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { type Person, personOf } from '../../../platform/http/viewer.js'
import type { TypedValues } from '../../../platform/views/models/form.js'
import type { DecidingService, FoundCase } from '../deciding/deciding.service.js'
import type { CaseForm, CaseView } from '../subjects.types.js'

/** A case that was selected, as the curator finds it now. */
export interface SelectedCase extends FoundCase {
  /** What is to be decided; null when nothing is. */
  view: CaseView | null
}

/** A case with the version that was on the screen when it was selected. */
export interface Pin {
  id: string
  version: number | null
}

export const OUTCOMES = ['done', 'newer', 'decided', 'invalid', 'own', 'gone'] as const
/** How it went with one case of several: `newer`: it was changed in the meantime, `decided`: somebody else was faster. */
export type Outcome = (typeof OUTCOMES)[number]

export interface CaseOutcome {
  id: string
  outcome: Outcome
}

export type DecidedTogether =
  | { ok: true; batch: string; outcomes: CaseOutcome[] }
  /** What is asked for once for all is missing or wrong; nothing was done. */
  | { ok: false; errors: CaseForm['errors'] }

export interface TogetherService {
  /** What several cases are about; one that there is not is left out. */
  preview(ids: readonly string[], form: CaseForm, context: RequestContext): Promise<SelectedCase[]>
  /** Decides them one after another, each in a transaction of its own: what fails for one is told of that one. */
  decide(
    actor: Person,
    parkId: string,
    order: { action: string; pins: readonly Pin[]; typed: TypedValues },
  ): Promise<DecidedTogether>
}

export function togetherService({ deciding }: { deciding: DecidingService }): TogetherService {
  async function find(id: string, form: CaseForm, context: RequestContext): Promise<SelectedCase[]> {
    try {
      const found = await deciding.find(personOf(context), context.park.id, id)
      return [{ ...found, view: (await found.open?.view(context, form)) ?? null }]
    } catch (error) {
      if (error instanceof NotFound) return []
      throw error
    }
  }

  return {
    preview: async (ids, form, context) => (await Promise.all(ids.map((id) => find(id, form, context)))).flat(),
    decide: async (actor, parkId, { action, pins, typed }) => {
      const batch = newId()
      const outcomes: CaseOutcome[] = []
      for (const { id, version } of pins) {
        try {
          const result = await deciding.decide(actor, parkId, id, { action, version, typed, batch })
          const first = outcomes.length === 0
          if (!result.ok && result.reason === 'invalid' && first) return { ok: false, errors: result.errors }
          outcomes.push({ id, outcome: result.ok ? 'done' : result.reason })
        } catch (error) {
          if (error instanceof Forbidden) outcomes.push({ id, outcome: 'own' })
          else if (error instanceof NotFound) outcomes.push({ id, outcome: 'gone' })
          else throw error
        }
      }
      return { ok: true, batch, outcomes }
    },
  }
}
