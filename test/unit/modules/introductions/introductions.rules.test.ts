import { describe, expect, it } from 'vitest'
import { asker, begin, transition } from '../../../../src/modules/introductions/rules/introductions.rules.js'
import type {
  Act,
  Course,
  IntroductionKind,
  Side,
} from '../../../../src/modules/introductions/rules/introductions.types.js'

const ZONE = 'Asia/Ho_Chi_Minh'
/** A Tuesday morning in Vietnam. */
const ASKED = new Date('2026-11-24T02:00:00Z')
const at = (day: string) => new Date(`${day}T02:00:00Z`)
const LATER = at('2027-03-01')

const fresh = (kind: IntroductionKind, answerable = true): Course =>
  begin(kind, { at: ASKED, timeZone: ZONE, answerable }).course

/** What an act makes of an introduction, which must allow it. */
function after(course: Course, act: Act, when = at('2026-11-25')): Course {
  const result = transition(course, act, when, ZONE)
  if (!result.ok) throw new Error(result.reason)
  return result.next
}

const other = (side: Side): Side => (side === 'need' ? 'firm' : 'need')

/** Every state that an introduction can be in, by kind. */
function states(kind: IntroductionKind): Record<string, Course> {
  const asks = asker(kind)
  const answers = other(asks)
  const open = fresh(kind)
  const handedOver = after(open, { type: 'hand-over' }, at('2026-12-01'))
  const accepted = after(open, { type: 'accept', side: answers })
  const asked = after(accepted, { type: 'ask-outcome' }, at('2027-01-10'))
  return {
    open,
    'with curators': handedOver,
    reminded: after(handedOver, { type: 'remind' }, at('2026-12-02')),
    accepted,
    'accepted and asked': asked,
    declined: after(open, { type: 'decline', side: answers, reason: 'busy', words: null }),
    withdrawn: after(open, { type: 'withdraw', side: asks }),
    closed: after(handedOver, { type: 'close' }, at('2026-12-02')),
    'ended with its need': after(open, { type: 'end-need' }),
    left: after(accepted, { type: 'leave', side: asks }),
  }
}

const acts = (kind: IntroductionKind): Record<string, Act> => {
  const asks = asker(kind)
  const answers = other(asks)
  return {
    accept: { type: 'accept', side: answers },
    'accept by who asked': { type: 'accept', side: asks },
    decline: { type: 'decline', side: answers, reason: 'other', words: 'hẹn dịp khác' },
    'decline by who asked': { type: 'decline', side: asks, reason: 'other', words: null },
    withdraw: { type: 'withdraw', side: asks },
    'withdraw by who answers': { type: 'withdraw', side: answers },
    'hand over': { type: 'hand-over' },
    remind: { type: 'remind' },
    close: { type: 'close' },
    'end of the need': { type: 'end-need' },
    leave: { type: 'leave', side: answers },
    'ask what came of it': { type: 'ask-outcome' },
    'tell what came of it': { type: 'tell-outcome', side: answers, outcome: 'agreed', words: null },
  }
}

/** The state that each act leads to, `-` where nothing changes, or why it is refused; long after everything is due. */
const TABLE: Record<string, Record<string, string>> = {
  open: {
    ...{
      accept: 'accepted',
      decline: 'declined',
      withdraw: 'withdrawn',
      'hand over': 'open',
      'end of the need': 'lapsed',
    },
    ...{
      remind: 'too-early',
      close: 'too-early',
      'ask what came of it': '-',
      'tell what came of it': 'too-early',
      leave: 'lapsed',
    },
  },
  'with curators': {
    ...{
      accept: 'accepted',
      decline: 'declined',
      withdraw: 'withdrawn',
      'hand over': '-',
      'end of the need': 'lapsed',
    },
    ...{
      remind: 'open',
      close: 'lapsed',
      'ask what came of it': '-',
      'tell what came of it': 'too-early',
      leave: 'lapsed',
    },
  },
  reminded: {
    ...{
      accept: 'accepted',
      decline: 'declined',
      withdraw: 'withdrawn',
      'hand over': 'open',
      'end of the need': 'lapsed',
    },
    ...{
      remind: '-',
      close: 'too-early',
      'ask what came of it': '-',
      'tell what came of it': 'too-early',
      leave: 'lapsed',
    },
  },
  accepted: {
    ...{ accept: '-', decline: 'too-late', withdraw: 'too-late', 'hand over': '-', 'end of the need': '-' },
    ...{
      remind: 'too-late',
      close: '-',
      'ask what came of it': 'accepted',
      'tell what came of it': 'too-early',
      leave: 'lapsed',
    },
  },
  'accepted and asked': {
    ...{ accept: '-', decline: 'too-late', withdraw: 'too-late', 'hand over': '-', 'end of the need': '-' },
    ...{
      remind: 'too-late',
      close: '-',
      'ask what came of it': '-',
      'tell what came of it': 'accepted',
      leave: 'lapsed',
    },
  },
}
const ENDED = {
  ...{ accept: 'too-late', decline: 'too-late', withdraw: 'too-late', 'hand over': '-', 'end of the need': '-' },
  ...{ remind: 'too-late', close: '-', 'ask what came of it': '-', 'tell what came of it': 'too-early', leave: '-' },
}
TABLE.declined = { ...ENDED, decline: '-' }
TABLE.withdrawn = { ...ENDED, withdraw: '-' }
TABLE.closed = ENDED
TABLE['ended with its need'] = ENDED
TABLE.left = ENDED

describe.each(['request', 'offer'] as const)('every act on every state of a %s', (kind) => {
  const cases = Object.entries(states(kind)).flatMap(([state, course]) =>
    Object.entries(acts(kind)).map(([name, act]) => ({ state, name, course, act })),
  )
  it.each(cases)('$state: $name', ({ state, name, course, act }) => {
    const foreign = name.includes(' by who ')
    const expected = foreign ? 'not-yours' : TABLE[state]?.[name]
    const result = transition(course, act, LATER, ZONE)
    if (!result.ok) return expect(result.reason).toBe(expected)
    if (expected === '-') {
      expect(result.next).toBe(course)
      expect(result.effects).toEqual([])
      return
    }
    expect(result.next.state).toBe(expected)
    // The same once more changes nothing and tells nobody.
    const again = transition(result.next, act, LATER, ZONE)
    expect(again).toMatchObject({ ok: true, effects: [] })
    // Contacts open with acceptance, which only the answering side can give.
    if (result.next.state === 'accepted' && course.state !== 'accepted')
      expect(act).toEqual({ type: 'accept', side: other(asker(kind)) })
    if (course.withCuratorsAt && result.next.state !== 'open')
      expect(result.effects).toContainEqual({ type: 'release-curators' })
  })
})

it('a firm that nobody speaks for goes to the curators at once and can still be answered for', () => {
  const { course, effects } = begin('request', { at: ASKED, timeZone: ZONE, answerable: false })
  expect(effects.map(({ type }) => type)).toEqual(['tell', 'call-curators'])
  expect(course.withCuratorsAt).toEqual(ASKED)
  expect(after(course, { type: 'accept', side: 'firm' }).state).toBe('accepted')
})

it('is handed over when three working days are over in the park, and not an hour before', () => {
  const course = fresh('request')
  expect(course.dueOn).toBe('2026-11-27')
  const handOver = (instant: string) => transition(course, { type: 'hand-over' }, new Date(instant), ZONE)
  expect(handOver('2026-11-27T16:59:00Z')).toEqual({ ok: false, reason: 'too-early' })
  expect(handOver('2026-11-27T17:00:00Z')).toMatchObject({ ok: true, effects: [{ type: 'call-curators' }] })
})

it('asks what came of it thirty days after acceptance; "under way" may be followed by a last word', () => {
  const accepted = after(fresh('offer'), { type: 'accept', side: 'need' }, at('2026-11-25'))
  const ask = (day: string) => transition(accepted, { type: 'ask-outcome' }, at(day), ZONE)
  expect(ask('2026-12-24').ok).toBe(false)
  const asked = ask('2026-12-25')
  if (!asked.ok) throw new Error(asked.reason)
  expect(asked.effects).toHaveLength(2)
  const told = (course: Course, outcome: 'under-way' | 'agreed' | 'nothing') =>
    transition(course, { type: 'tell-outcome', side: 'firm', outcome, words: null }, at('2027-01-01'), ZONE)
  const first = told(asked.next, 'under-way')
  if (!first.ok) throw new Error(first.reason)
  expect(first.next.outcomes).toMatchObject({ need: null, firm: { outcome: 'under-way' } })
  const last = told(first.next, 'agreed')
  if (!last.ok) throw new Error(last.reason)
  expect(told(last.next, 'nothing')).toEqual({ ok: false, reason: 'too-late' })
})
