import { type Clock, plainDateIn } from '../../kernel/clock.js'
import { Conflict } from '../../kernel/errors.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import { daysBefore } from '../../kernel/retention.js'
import type { IntroductionRepository } from './introductions.repository.js'
import type { IntroductionService } from './introductions.service.js'
import { OUTCOME_AFTER_DAYS } from './rules/introductions.rules.js'

interface JobDeps {
  introductions: IntroductionRepository
  introducing: Pick<IntroductionService, 'act'>
  clock: Clock
}

const CLOCKWORK: Actor = { kind: 'system', name: 'introductions' }

/**
 * What time does to introductions; run every hour: those unanswered go to the curators, and a month after acceptance both
 * sides are asked what came of it. What is due is read from the database, so that nothing is lost by a standstill, and
 * each is changed in a transaction that a second instance finds done. Returns how many there were.
 */
export async function keepIntroductions({ introductions, introducing, clock }: JobDeps, park: ParkContext) {
  const now = clock()
  const overdue = await introductions.overdue(park.id, plainDateIn(now, park.timeZone))
  const toBeAsked = await introductions.toBeAsked(park.id, daysBefore(now, OUTCOME_AFTER_DAYS))
  const failures: unknown[] = []
  const each = async (ids: readonly string[], type: 'hand-over' | 'ask-outcome') => {
    for (const id of ids) {
      try {
        await introducing.act(CLOCKWORK, id, { type })
      } catch (error) {
        // Somebody has changed it just now: the next run looks again.
        if (!(error instanceof Conflict)) failures.push(error)
      }
    }
  }
  await each(overdue, 'hand-over')
  await each(toBeAsked, 'ask-outcome')
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} introductions failed`)
  return { handedOver: overdue.length, asked: toBeAsked.length }
}
