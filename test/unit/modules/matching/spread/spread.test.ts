import { describe, expect, it } from 'vitest'
import { type FirmFacts, factsOf } from '../../../../../src/modules/matching/ranking/firm-facts.rules.js'
import type { Judgement, Status } from '../../../../../src/modules/matching/ranking/judgement.types.js'
import type { Ranked } from '../../../../../src/modules/matching/ranking/rank.rules.js'
import { lotsFor } from '../../../../../src/modules/matching/ranking/spread/draw.rules.js'
import { likeness } from '../../../../../src/modules/matching/ranking/spread/likeness.rules.js'
import { FIRST, spread } from '../../../../../src/modules/matching/ranking/spread/spread.rules.js'
import type { Weights } from '../../../../../src/modules/matching/ranking/weights.js'
import { shippedWeights } from '../../../../../src/modules/matching/weighing/shipped-weights.js'

const { weights } = shippedWeights()
const NOW = new Date('2026-11-24T05:00:00Z')
const DAY_MS = 86_400_000
const daysAgo = (days: number) => NOW.getTime() - days * DAY_MS
const LONG_AGO = daysAgo(1_000)

interface Firm {
  id: string
  score: number
  /** Of a service; another is another kind. */
  status?: Status
  breaksMust?: boolean
  does?: boolean
  facts?: Partial<FirmFacts>
}

const judgement = (status: Status): Judgement => ({
  ...{ status, value: 1, weight: 1 },
  detail: { criterion: 'service', kind: 'listed', service: 'pos' },
})
const BROKEN: Judgement = {
  ...{ status: 'unmet', value: 0, weight: 1 },
  detail: { criterion: 'mustHave', kind: 'denied', must: 0 },
}

/** The order of firms that come by descending score, those that break a must last. */
function spreadOf(firms: readonly Firm[], occasion = 'a need', changed: Partial<Weights> = {}) {
  const ranked = firms.map(
    ({ id, score, status = 'met', breaksMust }): Ranked => ({
      ...{ id, score, terms: [] },
      judgements: [judgement(status), ...(breaksMust ? [BROKEN] : [])],
    }),
  )
  const doing = new Set(firms.filter(({ does = true }) => does).map(({ id }) => id))
  const facts = new Map(
    firms.map(({ id, facts }) => [
      id,
      { ...factsOf({ id, version: 1 }), name: `Firm ${id}`, listedSince: LONG_AGO, ...facts },
    ]),
  )
  const context = { weights: { ...weights, ...changed }, facts, draw: lotsFor(occasion), now: NOW }
  const { ranked: order, newcomer } = spread(ranked, doing, context)
  return { order: order.map(({ id }) => id), newcomer }
}

const orderOf = (...of: Parameters<typeof spreadOf>) => spreadOf(...of).order
const ids = (firms: readonly Firm[]) => firms.map(({ id }) => id)
/** Firms one clear step apart. */
const steps = (count: number, step = 0.03): Firm[] =>
  Array.from({ length: count }, (_, at) => ({ id: `s${at}`, score: 0.95 - at * step }))
const occasions = (count: number) => Array.from({ length: count }, (_, n) => `2026-11-24 need ${n}`)

describe('near-ties', () => {
  const tied: Firm[] = ['a', 'b', 'c', 'd', 'e'].map((id, at) => ({ id, score: 0.8 - at * 0.002 }))

  it('stand in the same order whenever the same is asked, and in others for other needs and days', () => {
    expect(orderOf(tied, '2026-11-24 need')).toEqual(orderOf(tied, '2026-11-24 need'))
    expect(new Set(occasions(200).map((one) => orderOf(tied, one).join())).size).toBeGreaterThan(80)
  })

  it('have each place about equally often', () => {
    const asked = 2_000
    const times = new Map<string, number>()
    for (const occasion of occasions(asked))
      for (const [place, id] of orderOf(tied, occasion).entries())
        times.set(`${id}${place}`, (times.get(`${id}${place}`) ?? 0) + 1)
    expect(times.size).toBe(tied.length ** 2)
    // Five standard deviations of a fair lot.
    const fair = asked / tied.length
    for (const [, count] of times) expect(Math.abs(count - fair)).toBeLessThan(5 * Math.sqrt(fair * 0.8))
  })

  it('are only those that meet the same things as far, and whose scores hardly differ', () => {
    const firms: Firm[] = [
      { id: 'a', score: 0.8 },
      { id: 'other', score: 0.799, status: 'partly' },
      { id: 'b', score: 0.798 },
      { id: 'far', score: 0.798 - 2 * weights.spread.nearTie },
    ]
    const orders = new Set(occasions(50).map((one) => orderOf(firms, one).join()))
    expect([...orders].sort()).toEqual(['a,other,b,far', 'b,other,a,far'])
  })

  it('stay by score where no turns are taken', () => {
    for (const one of occasions(20))
      expect(orderOf(tied, one, { spread: { nearTie: 0, variety: 0 } })).toEqual(ids(tied))
  })
})

describe('the first ten', () => {
  const services = (...names: string[]): FirmFacts['services'] =>
    factsOf({ id: '', version: 1, service: names }).services
  const TILLS = { services: services('pos', 'e-invoice'), sectors: ['retail'], wards: ['31321'] }
  const FARMS = { services: services('pos', 'traceability'), sectors: ['fruit'], wards: ['31333'] }

  it('give way to a firm that differs, where it stands hardly lower', () => {
    const firms: Firm[] = [
      { id: 'till', score: 0.9, facts: TILLS },
      { id: 'same', score: 0.85, facts: TILLS },
      { id: 'farm', score: 0.84, status: 'partly', facts: FARMS },
    ]
    expect(orderOf(firms)).toEqual(['till', 'farm', 'same'])
    const far = firms.map((firm) => (firm.id === 'farm' ? { ...firm, score: 0.85 - weights.spread.variety } : firm))
    expect(orderOf(far)).toEqual(['till', 'same', 'farm'])
  })

  it('do not have two entries of one organisation beside each other, where another stands hardly lower', () => {
    const entry = (id: string, score: number, facts: Partial<FirmFacts>): Firm => ({ id, score, facts })
    const firms = [
      entry('head', 0.9, { organisation: '0314409058' }),
      entry('branch', 0.86, { organisation: '0314409058' }),
      entry('other', 0.845, { organisation: '0100047516' }),
    ]
    expect(orderOf(firms, 'a need', { spread: { nearTie: 0, variety: 0.02 } })).toEqual(['head', 'other', 'branch'])
  })

  it('stay as they are where nothing is known of the firms but their texts', () => {
    const plain = steps(12, 0.001)
    for (const one of occasions(20))
      expect(orderOf(plain, one, { spread: { nearTie: 0, variety: 0.1 } })).toEqual(ids(plain))
  })

  it('are alike from 0 to 1, the more they have in common', () => {
    const firm = (facts: Partial<FirmFacts>) => ({ ...factsOf({ id: 'x', version: 1 }), ...facts })
    const alike = (a: Partial<FirmFacts>, b: Partial<FirmFacts>) => likeness(firm(a), firm(b))
    expect(alike({}, {})).toBe(0)
    expect(alike(TILLS, {})).toBe(0)
    expect(alike(TILLS, FARMS)).toBeGreaterThan(0)
    expect(alike(TILLS, { ...FARMS, sectors: ['retail'] })).toBeGreaterThan(alike(TILLS, FARMS))
    const priced = (from: number, to: number) => ({
      services: services('pos').map((one) => ({ ...one, price: { from, to } })),
    })
    expect(alike(priced(1, 5), priced(4, 8))).toBeGreaterThan(alike(priced(1, 5), priced(6, 8)))
    const whole = { ...TILLS, ...priced(1, 5), provinces: ['92'] }
    expect(alike(whole, whole)).toBeCloseTo(1)
    expect(alike({ name: 'one' }, { name: 'one' })).toBe(1)
  })
})

describe('a firm that is new here', () => {
  const place = FIRST - 1
  const withNew = (at: number, since = daysAgo(5), firms = steps(16, 0.022)) =>
    firms.map((firm, n) => (n === at ? { ...firm, facts: { listedSince: since } } : firm))

  it('has the last of the first ten places, where it stands soon after them and hardly lower', () => {
    const { order, newcomer } = spreadOf(withNew(11))
    expect(newcomer).toBe('s11')
    expect(order[place]).toBe('s11')
    expect(order.filter((id) => id !== 's11')).toEqual(ids(steps(16)).filter((id) => id !== 's11'))
  })

  it('has it alone', () => {
    const two = withNew(10).map((firm, n) => (n === 11 ? { ...firm, facts: { listedSince: daysAgo(1) } } : firm))
    const { order, newcomer } = spreadOf(two)
    expect(newcomer).toBe('s10')
    expect(order.indexOf('s11')).toBe(11)
  })

  it.each([
    ['stands too far below in score', withNew(12)],
    ['stands too far down', withNew(20, daysAgo(5), steps(25, 0.004))],
    ['is not new any more', withNew(11, daysAgo(weights.newcomer.days + 1))],
    ['is among the first ten anyway', withNew(7)],
    ['is not known to be new', withNew(11, null as never)],
    ['does not do what is asked for', withNew(11).map((firm, n) => (n === 11 ? { ...firm, does: false } : firm))],
    ['breaks a must', withNew(15).map((firm, n) => (n === 15 ? { ...firm, breaksMust: true, score: 0.9 } : firm))],
    ['is one of ten, who are all seen', withNew(9, daysAgo(5), steps(10))],
  ])('has none that %s', (_, firms) => {
    const still = { nearTie: 0, variety: 0 }
    expect(spreadOf(firms, 'a need', { spread: still })).toEqual({ order: ids(firms), newcomer: null })
  })

  it('has none where one of the first ten is new, so that a park whose firms all are has none', () => {
    const all = steps(16, 0.022).map((firm) => ({ ...firm, facts: { listedSince: daysAgo(5) } }))
    expect(spreadOf(all).newcomer).toBeNull()
    expect(spreadOf(withNew(11), 'a need', { newcomer: { ...weights.newcomer, days: 0 } }).newcomer).toBeNull()
  })
})

describe('whatever the firms', () => {
  /** Numbers from 0 up to 1. */
  const chance = lotsFor('firms by chance')

  function firmsByChance(seed: number): Firm[] {
    const draw = (what: string) => chance(`${seed} ${what}`)
    const pick = <T>(what: string, from: readonly T[]) => from[Math.floor(draw(what) * from.length)] as T
    const firms = Array.from(
      { length: 5 + Math.floor(draw('count') * 40) },
      (_, n): Firm => ({
        id: `f${n}`,
        score: Math.round(draw(`score ${n}`) * 30) / 40,
        status: pick(`status ${n}`, ['met', 'partly', 'unmet'] as const),
        breaksMust: draw(`must ${n}`) < 0.2,
        does: draw(`does ${n}`) < 0.7,
        facts: {
          sectors: [pick(`sector ${n}`, ['retail', 'fruit', 'health'])],
          organisation: pick(`organisation ${n}`, ['1', '2', null]),
          listedSince: pick(`since ${n}`, [LONG_AGO, daysAgo(3)]),
        },
      }),
    )
    return firms.sort((a, b) => Number(a.breaksMust) - Number(b.breaksMust) || b.score - a.score)
  }

  it('nobody is lost, who breaks a must stays behind, and nobody is passed by one who does not do it or fits clearly less', () => {
    const { spread: given, newcomer: place } = weights
    let passed = 0
    for (let seed = 0; seed < 300; seed++) {
      const firms = firmsByChance(seed)
      const { order, newcomer } = spreadOf(firms, `${seed}`)
      expect([...order].sort()).toEqual([...ids(firms)].sort())
      const at = new Map(order.map((id, n) => [id, n]))
      for (const [n, ahead] of firms.entries()) {
        for (const behind of firms.slice(n + 1)) {
          if ((at.get(behind.id) ?? 0) > (at.get(ahead.id) ?? 0)) continue
          passed++
          expect(behind.does && !behind.breaksMust).toBe(true)
          const most = given.nearTie + given.variety + (behind.id === newcomer ? place.within : 0)
          expect(ahead.score - behind.score).toBeLessThan(most)
        }
      }
    }
    expect(passed).toBeGreaterThan(300)
  })
})
