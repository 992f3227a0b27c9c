import { describe, expect, it } from 'vitest'
import type { FirmFacts } from '../../../../src/modules/matching/ranking/firm-facts.rules.js'
import { judge } from '../../../../src/modules/matching/ranking/judge.rules.js'
import type { Criterion, Judgement } from '../../../../src/modules/matching/ranking/judgement.types.js'
import { type Candidate, criteriaScore, rank } from '../../../../src/modules/matching/ranking/rank.rules.js'
import type { Understood } from '../../../../src/modules/matching/understanding/understood.types.js'
import { shippedWeights } from '../../../../src/modules/matching/weighing/shipped-weights.js'

const { weights } = shippedWeights()
const context = { weights, provinceOf: () => '92' }
const nowhere = { from: null, to: null }

const need: Understood = {
  language: 'en',
  services: [{ id: 'traceability', weight: 1, spans: [], source: 'text' }],
  hunches: [],
  field: { vector: new Map(), clear: 0 },
  specialities: new Map(),
  otherTrade: 'no',
  sectors: [{ id: 'fruit', weight: 1, spans: [], source: 'text' }],
  negated: [],
  budget: { min: 40_000_000, max: 40_000_000, currency: 'VND' },
  ward: { code: '31333' },
  onSite: { value: true },
  deadline: { date: '2027-02-05', weeks: 10 },
  mustHaves: [{ text: 'English reports' }],
  tools: [],
  words: 'traceability labels for pineapples',
}

/** A firm that states nothing but its services. */
const silent: FirmFacts = {
  id: 'silent',
  name: 'silent',
  organisation: null,
  listedSince: null,
  services: [{ id: 'traceability', by: 'list', rank: 0, price: nowhere, deliveryWeeks: nowhere }],
  listsServices: true,
  sectors: [],
  wards: [],
  provinces: [],
  remote: null,
  onSite: null,
  languages: [],
  field: new Map(),
  specialities: new Map(),
  written: [],
  certifications: [],
  denies: [],
  cases: [],
}

/** For each criterion, what a firm states to say yes and to say no. */
const STATEMENTS: Record<
  Exclude<Criterion, 'words' | 'evidence' | 'refusal'>,
  { yes: Partial<FirmFacts>; no: Partial<FirmFacts> }
> = {
  service: { yes: {}, no: { services: [{ ...silent.services[0], id: 'website' } as FirmFacts['services'][number]] } },
  sector: { yes: { sectors: ['fruit'] }, no: { sectors: ['health'] } },
  place: { yes: { wards: ['31333'] }, no: { wards: ['31321'] } },
  budget: { yes: priced(20e6, 40e6), no: priced(80e6, 90e6) },
  delivery: { yes: delivered(4, 8), no: delivered(12, 20) },
  language: { yes: { languages: ['vi', 'en'] }, no: { languages: ['vi'] } },
  mustHave: { yes: { languages: ['en'] }, no: { languages: ['vi'] } },
}

function priced(from: number, to: number): Partial<FirmFacts> {
  return { services: [{ id: 'traceability', by: 'list', rank: 0, price: { from, to }, deliveryWeeks: nowhere }] }
}

function delivered(from: number, to: number): Partial<FirmFacts> {
  return { services: [{ id: 'traceability', by: 'list', rank: 0, price: nowhere, deliveryWeeks: { from, to } }] }
}

const judged = (criterion: Criterion, statement: Partial<FirmFacts>): Judgement | undefined =>
  judge(need, { ...silent, ...statement }, context).find(({ detail }) => detail.criterion === criterion)

describe.each(Object.entries(STATEMENTS))('the criterion %s', (name, { yes, no }) => {
  const criterion = name as Criterion

  it('is met by a stated yes and not met by a stated no', () => {
    expect(judged(criterion, yes)?.status).toBe('met')
    expect(judged(criterion, no)?.status).toBe('unmet')
  })

  it('takes silence for neither', () => {
    const quiet = criterion === 'service' ? { services: [], listsServices: false } : {}
    expect(judged(criterion, quiet)).toMatchObject({ status: 'unknown', value: weights.value.unknown })
    expect(weights.value.unknown).toBeGreaterThan(weights.value.unmet)
  })
})

describe('what a need does not state', () => {
  it('is not judged', () => {
    const { budget: _b, ward: _w, onSite: _o, deadline: _d, ...rest } = need
    const bare: Understood = { ...rest, language: 'vi', sectors: [], mustHaves: [] }
    expect(judge(bare, silent, context).map(({ detail }) => detail.criterion)).toEqual(['service', 'evidence'])
  })
})

describe('the budget', () => {
  it.each([
    [10e6, 30e6, 'met'],
    [35e6, 60e6, 'partly'],
    [44e6, 60e6, 'partly'],
    [80e6, 90e6, 'unmet'],
  ])('of 40 million against a price of %d to %d is %s', (from, to, status) => {
    expect(judged('budget', priced(from, to))?.status).toBe(status)
  })

  it('by the month counts for a year', () => {
    const monthly: Understood = { ...need, budget: { max: 500_000, per: 'month', currency: 'VND' } }
    const [budget] = judge(monthly, { ...silent, ...priced(3e6, 6e6) }, context).filter(
      ({ detail }) => detail.criterion === 'budget',
    )
    expect(budget?.status).toBe('met')
  })
})

describe('work told of', () => {
  const cases = (list: FirmFacts['cases']) => judged('evidence', { cases: list })?.status

  it('counts in full for the same trade, in part for another, and not at all when it is other work', () => {
    expect(cases([{ service: 'traceability', sector: 'fruit' }])).toBe('met')
    expect(cases([{ service: 'traceability', sector: 'health' }])).toBe('partly')
    expect(cases([{ service: 'website', sector: 'fruit' }])).toBe('unknown')
    expect(cases([])).toBe('unknown')
  })
})

describe('what a firm says that it does not do', () => {
  const says = (clause: string, telling: string[], least = 1): Partial<FirmFacts> => ({
    denies: [{ clause, telling, least }],
  })
  const fruit = says('không bao tiêu trái cây', ['trai cay'])
  const refused = (words: string, statement = fruit) =>
    judge({ ...need, words }, { ...silent, ...statement }, context).find(({ detail }) => detail.criterion === 'refusal')

  it('counts against it where the need speaks of that, with its words', () => {
    expect(refused('cần tem cho trái cây')).toEqual({
      status: 'unmet',
      value: weights.value.unmet,
      weight: weights.criteria.refusal,
      detail: { criterion: 'refusal', kind: 'said', clause: 'không bao tiêu trái cây' },
    })
    expect(refused('can tem cho trai cay')).toBeDefined()
  })

  it.each([
    'cần tem cho lúa',
    'cần tem, trái cây thì có người mua rồi',
    'cần tem, khỏi mua trái cây',
    'can tem, khong can mua trai cay',
    'need labels, do not need anyone for the trái cây',
  ])('is no matter where the need does not ask for that: %s', (words) => {
    expect(refused(words)).toBeUndefined()
  })

  it('is told by as many words as the clause asks for', () => {
    const hardware = says('We sell no printers and no scanners', ['printer', 'scanner'], 2)
    expect(refused('printers for a shop', hardware)).toBeUndefined()
    expect(refused('printers and scanners for a shop', hardware)).toBeDefined()
  })

  it('helps nobody who says nothing', () => {
    expect(refused('cần tem cho trái cây', {})).toBeUndefined()
  })
})

describe('the order', () => {
  const candidate = (id: string, score: number, statement: Partial<FirmFacts> = {}): Candidate => ({
    scored: { id, score, document: { id, version: 1 }, terms: [] },
    facts: { ...silent, ...statement, id },
  })
  const order = (candidates: readonly Candidate[], of: Understood = need) =>
    rank(of, candidates, context).map(({ id }) => id)

  it('does not depend on the order of the candidates; ties go by id', () => {
    const firms = ['d', 'a', 'c', 'b'].map((id) => candidate(id, 5))
    expect(order(firms)).toEqual(['a', 'b', 'c', 'd'])
    expect(order([...firms].reverse())).toEqual(['a', 'b', 'c', 'd'])
  })

  it('puts a firm that says nothing before one that says no', () => {
    const no = Object.assign({}, STATEMENTS.sector.no, STATEMENTS.place.no)
    expect(order([candidate('says-no', 5, no), candidate('silent', 5)])).toEqual(['silent', 'says-no'])
  })

  it('puts a firm that says it does not do that behind one that says nothing, and before one that does other work', () => {
    const refuses = { denies: [{ clause: 'không bao tiêu trái cây', telling: ['trai cay'], least: 1 }] }
    const speaks = { ...need, words: 'tem truy xuất cho trái cây' }
    const firms = [
      candidate('a-refuses', 5, refuses),
      candidate('b-silent', 5),
      candidate('c-other', 5, STATEMENTS.service.no),
    ]
    expect(order(firms, speaks)).toEqual(['b-silent', 'a-refuses', 'c-other'])
  })

  it('puts a firm whose record breaks a declared must after all that do not', () => {
    const best = { ...STATEMENTS.sector.yes, ...STATEMENTS.place.yes, ...STATEMENTS.budget.yes, languages: ['vi'] }
    expect(order([candidate('breaks-must', 9, best), candidate('silent', 1)])).toEqual(['silent', 'breaks-must'])
  })

  it('puts a firm that does the work before one whose text merely speaks of it', () => {
    const other = { services: STATEMENTS.service.no.services ?? [] }
    expect(order([candidate('talks', 9, other), candidate('does', 3)])).toEqual(['does', 'talks'])
  })

  it('goes by the text where no service was understood', () => {
    const unread: Understood = { ...need, services: [], sectors: [], mustHaves: [], language: 'vi' }
    expect(order([candidate('far', 2), candidate('near', 8)], unread)).toEqual(['near', 'far'])
  })

  it('gives scores between 0 and 1', () => {
    for (const { score } of rank(
      need,
      [candidate('a', 9, STATEMENTS.sector.yes), candidate('b', 0.1, STATEMENTS.service.no)],
      context,
    )) {
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(1)
    }
  })

  it('of nobody is empty', () => {
    expect(order([])).toEqual([])
    expect(criteriaScore([])).toBe(0.5)
  })
})
