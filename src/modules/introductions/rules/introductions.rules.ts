import { plainDateIn } from '../../../kernel/clock.js'
import type {
  Act,
  Course,
  Effect,
  IntroductionKind,
  IntroductionState,
  Refusal,
  Side,
  Transition,
} from './introductions.types.js'
import { workingDaysAfter } from './working-days.rules.js'

/** Firms of one need that may be asked or have accepted at once. */
export const MOST_REQUESTS = 3

/** Working days for an answer before curators are called in. */
export const DAYS_TO_ANSWER = 3

/** Days after acceptance when both are asked what came of it. */
export const OUTCOME_AFTER_DAYS = 30
const DAY_MS = 86_400_000

/** The side that asked or offered; the other one answers. */
export const asker = (kind: IntroductionKind): Side => (kind === 'request' ? 'need' : 'firm')
export const answerer = (kind: IntroductionKind): Side => otherSide(asker(kind))
export const otherSide = (side: Side): Side => (side === 'need' ? 'firm' : 'need')

/** Whether it takes one of the places that a need has. */
export const isLive = ({ state }: { state: IntroductionState }): boolean => state === 'open' || state === 'accepted'

/** An introduction as it begins. A firm that nobody here speaks for cannot answer, so its curators are called at once. */
export function begin(
  kind: IntroductionKind,
  { at, timeZone, answerable }: { at: Date; timeZone: string; answerable: boolean },
): { course: Course; effects: readonly Effect[] } {
  const course: Course = {
    kind,
    state: 'open',
    dueOn: dueAfter(at, timeZone),
    withCuratorsAt: answerable ? null : at,
    remindedAt: null,
    settledAt: null,
    declined: null,
    lapsed: null,
    outcomeAskedAt: null,
    outcomes: { need: null, firm: null },
  }
  const told: Effect = { type: 'tell', side: answerer(kind), what: 'asked' }
  return { course, effects: answerable ? [told] : [told, { type: 'call-curators' }] }
}

/**
 * What `act` makes of an introduction at the instant `at`. An act that has been done already changes nothing and is no
 * mistake: a form sent twice, a job run by two instances.
 */
export function transition(course: Course, act: Act, at: Date, timeZone: string): Transition {
  if (isDone(course, act)) return { ok: true, next: course, effects: [] }
  const refusal = refusalOf(course, act, at, timeZone)
  if (refusal) return { ok: false, reason: refusal }
  switch (act.type) {
    case 'accept':
      return settled(course, { state: 'accepted', settledAt: at }, [
        tell(otherSide(act.side), 'accepted'),
        tell(act.side, 'accepted'),
      ])
    case 'decline': {
      const declined = { reason: act.reason, words: act.words }
      return settled(course, { state: 'declined', settledAt: at, declined }, [tell(otherSide(act.side), 'declined')])
    }
    case 'withdraw':
      return settled(course, { state: 'withdrawn', settledAt: at }, [tell(otherSide(act.side), 'withdrawn')])
    case 'end-need':
      return settled(course, { state: 'lapsed', settledAt: at, lapsed: 'need-ended' }, [tell('firm', 'lapsed')])
    case 'leave':
      return settled(course, { state: 'lapsed', settledAt: at, lapsed: 'left' }, [tell(otherSide(act.side), 'lapsed')])
    case 'close':
      return settled(course, { state: 'lapsed', settledAt: at, lapsed: 'no-answer' }, [
        tell(asker(course.kind), 'lapsed'),
      ])
    case 'hand-over':
      return changed(course, { withCuratorsAt: at }, [{ type: 'call-curators' }])
    case 'remind': {
      const again = { withCuratorsAt: null, remindedAt: at, dueOn: dueAfter(at, timeZone) }
      return changed(course, again, [tell(answerer(course.kind), 'reminder'), { type: 'release-curators' }])
    }
    case 'ask-outcome':
      return changed(course, { outcomeAskedAt: at }, [tell('need', 'outcome'), tell('firm', 'outcome')])
    case 'tell-outcome': {
      const { side, outcome, words } = act
      return changed(course, { outcomes: { ...course.outcomes, [side]: { outcome, words, at } } }, [])
    }
  }
}

/** Whether the act has been done, so that doing it again is nothing. */
function isDone(course: Course, act: Act): boolean {
  const { state, kind } = course
  switch (act.type) {
    case 'accept':
      return state === 'accepted' && act.side === answerer(kind)
    case 'decline':
      return state === 'declined' && act.side === answerer(kind)
    case 'withdraw':
      return state === 'withdrawn' && act.side === asker(kind)
    case 'end-need':
    case 'close':
      return state !== 'open'
    case 'leave':
      return !isLive(course)
    case 'hand-over':
      return state !== 'open' || course.withCuratorsAt !== null
    case 'remind':
      return state === 'open' && course.withCuratorsAt === null && course.remindedAt !== null
    case 'ask-outcome':
      return state !== 'accepted' || course.outcomeAskedAt !== null
    case 'tell-outcome':
      return course.outcomes[act.side]?.outcome === act.outcome
  }
}

function refusalOf(course: Course, act: Act, at: Date, timeZone: string): Refusal | null {
  switch (act.type) {
    case 'accept':
    case 'decline':
      return ofSide(act.side, answerer(course.kind)) ?? whileOpen(course)
    case 'withdraw':
      return ofSide(act.side, asker(course.kind)) ?? whileOpen(course)
    case 'hand-over':
      return isOverdue(course, at, timeZone) ? null : 'too-early'
    case 'remind':
      return whileOpen(course) ?? (course.withCuratorsAt ? null : 'too-early')
    case 'close':
      return course.withCuratorsAt ? null : 'too-early'
    case 'ask-outcome':
      return wantsOutcome(course, at) ? null : 'too-early'
    case 'tell-outcome':
      return mayTellOutcome(course, act.side) ? null : course.outcomes[act.side] ? 'too-late' : 'too-early'
    case 'end-need':
    case 'leave':
      return null
  }
}

/** A side has been asked and has not given its last word: "under way" is not one. */
export function mayTellOutcome({ outcomeAskedAt, outcomes }: Course, side: Side): boolean {
  return outcomeAskedAt !== null && (outcomes[side] === null || outcomes[side].outcome === 'under-way')
}

const isOverdue = ({ dueOn }: Course, at: Date, timeZone: string) => dueOn < plainDateIn(at, timeZone)

const wantsOutcome = ({ settledAt }: Course, at: Date) =>
  settledAt !== null && settledAt.getTime() + OUTCOME_AFTER_DAYS * DAY_MS <= at.getTime()

const dueAfter = (at: Date, timeZone: string) => workingDaysAfter(plainDateIn(at, timeZone), DAYS_TO_ANSWER)

const ofSide = (side: Side, wanted: Side): Refusal | null => (side === wanted ? null : 'not-yours')
const whileOpen = ({ state }: Course): Refusal | null => (state === 'open' ? null : 'too-late')

const tell = (side: Side, what: Extract<Effect, { type: 'tell' }>['what']): Effect => ({ type: 'tell', side, what })

const changed = (course: Course, set: Partial<Course>, effects: readonly Effect[]): Transition => ({
  ok: true,
  next: { ...course, ...set },
  effects,
})

/** Ended or accepted: curators have nothing more to do with it. */
const settled = (course: Course, set: Partial<Course>, effects: readonly Effect[]): Transition =>
  changed(
    course,
    { ...set, withCuratorsAt: null },
    course.withCuratorsAt ? [...effects, { type: 'release-curators' }] : effects,
  )
