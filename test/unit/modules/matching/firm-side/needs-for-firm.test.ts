import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../../../../src/kernel/permissions.js'
import { missingFacts } from '../../../../../src/modules/matching/firm-side/missing-facts.rules.js'
import type { NeedsAnswer } from '../../../../../src/modules/matching/firm-side/needs-for-firm.service.js'
import { type NeedContent, type NeedRecord, needContent, writtenNeed } from '../../../../../src/modules/needs/index.js'
import type { ProviderRecord } from '../../../../../src/modules/providers/index.js'
import {
  demonstrationFirms,
  demonstrationNeeds,
  matcherOver,
  PARK,
  providerRecord,
  visitor,
} from '../demonstration-park.js'
import { NOBODY_YET, needRecord, needsOver } from './needs-park.js'

const NEEDS = demonstrationNeeds.map(({ id, content }) => needRecord(id, { ...content, visibility: 'public' }))
const FIRM = demonstrationFirms[0] as ProviderRecord

const need = (id: string, problem: string, content: Partial<NeedContent> = {}) =>
  needRecord(id, needContent.parse({ title: { vi: problem.slice(0, 60) }, problem: { vi: problem }, ...content }))

const plain = (description: string, rest: object = {}) =>
  providerRecord('plain', {
    name: { vi: 'Công ty Cây Bần' },
    description: { vi: description },
    park: { status: 'associated' },
    ...rest,
  })

const ranked = async (
  firm: ProviderRecord,
  needs: readonly NeedRecord[],
  introduced = NOBODY_YET,
  actor: Actor = visitor,
) => {
  const answer = await (await needsOver(needs, introduced)).rankNeeds(actor, PARK, firm, 50)
  if (!answer) throw new Error('the firm is not listed')
  return answer
}

const ids = ({ results }: NeedsAnswer) => results.map(({ record }) => record.id)

const ACCOUNTS = 'Hộ kinh doanh cần phần mềm kế toán, cuối tháng khai thuế cho kịp'
const ACCOUNTANT = plain('Phần mềm kế toán cho hộ kinh doanh.', { services: [{ service: 'accounting' }] })

describe('needs for a firm', () => {
  it('judges a firm and a need alike from both sides', async () => {
    const { matchNeed } = await matcherOver(demonstrationFirms)
    const side = await needsOver(NEEDS)
    let compared = 0
    for (const firm of demonstrationFirms.slice(0, 4)) {
      const answer = await side.rankNeeds(visitor, PARK, firm, 3)
      for (const { record, reasons, does } of answer?.results ?? []) {
        if (!record.published) continue
        const { results } = await matchNeed(visitor, PARK, writtenNeed(record.published, record), 20)
        const there = results.find((one) => one.record.id === firm.id)
        if (!there) continue
        const judged = (list: typeof reasons) => list.map(({ status, detail, weight }) => ({ status, detail, weight }))
        expect(judged(reasons), `${firm.id} / ${record.id}`).toEqual(judged(there.reasons))
        if (there.does) expect(does).toBe(true)
        compared++
      }
    }
    expect(compared).toBeGreaterThan(8)
  })

  it('counts "in two months" from the first publication from both sides, and says from both when that day has passed', async () => {
    const owner = need('months', 'Cần phần mềm kế toán cho hộ kinh doanh, trong 2 tháng nữa phải xài được')
    const firm = plain('Phần mềm kế toán cho hộ kinh doanh.', {
      services: [{ service: 'accounting', deliveryWeeks: { min: 2, max: 3 } }],
    })
    const content = owner.published
    if (!content) throw new Error('it is not published')
    const fromBoth = async (day: string) => {
      const { matchNeed } = await matcherOver([firm], () => new Date(`${day}T05:00:00Z`))
      const there = await matchNeed(visitor, PARK, writtenNeed(content, owner), 1)
      const here = await (await needsOver([owner], NOBODY_YET, day)).rankNeeds(visitor, PARK, firm, 1)
      return [there, here?.results[0]].map((side) => {
        const reasons = side && ('results' in side ? side.results[0]?.reasons : side.reasons)
        const { kind, status } = reasons?.flatMap(({ detail, status }) =>
          detail.criterion === 'delivery' ? [{ kind: detail.kind, status }] : [],
        )[0] ?? { kind: null, status: null }
        return { deadline: side?.understood.deadline?.date, kind, status }
      })
    }
    const both = (kind: string, status: string) => Array(2).fill({ deadline: '2027-01-01', kind, status })
    expect(await fromBoth('2026-11-02')).toEqual(both('inTime', 'met'))
    expect(await fromBoth('2026-12-20')).toEqual(both('late', 'unmet'))
    expect(await fromBoth('2027-01-01')).toEqual(both('late', 'unmet'))
    expect(await fromBoth('2027-01-02')).toEqual(both('passed', 'unknown'))
    // Nothing that the firm could state would help.
    const late = await (await needsOver([owner], NOBODY_YET, '2027-01-02')).rankNeeds(visitor, PARK, firm, 1)
    expect(missingFacts(late?.results ?? []).map(({ fact }) => fact)).not.toContain('weeks')
  })

  it('gives the same order whatever the limit, and first those whose work the firm does', async () => {
    const side = await needsOver(NEEDS)
    const [few, many] = await Promise.all([3, 60].map((limit) => side.rankNeeds(visitor, PARK, FIRM, limit)))
    if (!few || !many) throw new Error('the firm is not listed')
    expect(ids(many).slice(0, 3)).toEqual(ids(few))
    expect(many.total).toBeGreaterThan(3)
    expect(many.results.slice(0, many.total).every(({ does }) => does)).toBe(true)
  })

  it('puts a need whose must the firm says no to after all others', async () => {
    const firm = plain('Phần mềm kế toán cho hộ kinh doanh.', { services: [{ service: 'accounting' }], onSite: false })
    const answer = await ranked(firm, [
      need('visit', ACCOUNTS, { services: ['accounting'], mustHaves: ['Có người tới tận nơi cài đặt'] }),
      need('other', 'Cần lắp camera cho kho, tiện thì xem giúp sổ kế toán'),
      need('plain', ACCOUNTS, { services: ['accounting'] }),
    ])
    expect(ids(answer)).toEqual(['plain', 'other', 'visit'])
  })

  it('tells both sides where a need speaks of what the firm says it does not do, with its words', async () => {
    const clause = 'Siêu thị, tiệm thuốc, cửa hàng quần áo tụi mình không nhận'
    const firm = plain(`Phần mềm kế toán cho hộ kinh doanh. ${clause}.`, { services: [{ service: 'accounting' }] })
    const [a, b] = [
      need('a', `${ACCOUNTS}, tiệm bán quần áo`, { services: ['accounting'] }),
      need('b', `${ACCOUNTS}, tiệm bán trái cây`, { services: ['accounting'] }),
    ]
    const answer = await ranked(firm, [a, b])
    const reasonsOf = (id: string) => answer.results.find(({ record }) => record.id === id)?.reasons
    const { matchNeed } = await matcherOver([firm])
    if (!a.published) throw new Error('it is not published')
    const there = await matchNeed(visitor, PARK, writtenNeed(a.published, a), 1)
    for (const reasons of [reasonsOf('a'), there.results[0]?.reasons]) {
      const quotes = reasons?.filter(({ criterion }) => criterion === 'refusal').map(({ quote }) => quote)
      expect(quotes).toEqual([{ field: 'description', words: { vi: clause } }])
    }
    expect(reasonsOf('b')?.map(({ criterion }) => criterion)).not.toContain('refusal')
  })

  it('lets one with firms enough step back behind those that fit as well, not behind those that hardly do', async () => {
    const needs = [
      need('a', ACCOUNTS, { services: ['accounting'] }),
      need('b', ACCOUNTS, { services: ['accounting'] }),
      need('near', 'Cần lắp camera cho kho, xem được từ nhà, giữ hình ba mươi ngày'),
    ]
    const accepted = (count: number) => ({ ...NOBODY_YET, acceptedBy: async () => new Map([['a', count]]) })
    expect(
      ids(await ranked(ACCOUNTANT, needs))
        .slice(0, 2)
        .sort(),
    ).toEqual(['a', 'b'])
    expect(
      ids(await ranked(ACCOUNTANT, needs, accepted(2)))
        .slice(0, 2)
        .sort(),
    ).toEqual(['a', 'b'])
    const full = await ranked(ACCOUNTANT, needs, accepted(3))
    expect(ids(full).slice(0, 2)).toEqual(['b', 'a'])
    expect(full.results.map(({ answered }) => answered).slice(0, 2)).toEqual([false, true])
  })

  it('takes fewer firms for enough where the owner wants fewer', async () => {
    const needs = [need('a', ACCOUNTS, { maxResponders: 1 }), need('b', ACCOUNTS)]
    const one = { ...NOBODY_YET, acceptedBy: async () => new Map(Object.entries({ a: 1, b: 1 })) }
    const { results } = await ranked(ACCOUNTANT, needs, one)
    expect(results.map(({ record, answered }) => [record.id, answered])).toEqual([
      ['b', false],
      ['a', true],
    ])
  })

  it('shows firms alike the same needs in turn, each the same as long as the day lasts', async () => {
    const needs = ['a', 'b', 'c', 'd', 'e'].map((id) => need(id, ACCOUNTS))
    const orders = new Map<string, string>()
    for (let n = 0; n < 12; n++) {
      const order = async () => ids(await ranked({ ...ACCOUNTANT, id: `firm-${n}` }, needs)).join('')
      orders.set(`firm-${n}`, await order())
      expect(await order()).toBe(orders.get(`firm-${n}`))
    }
    expect(new Set([...orders.values()].map(([first]) => first)).size).toBeGreaterThan(2)
  })

  it('does not show again what the firm has been asked for', async () => {
    const asked = { ...NOBODY_YET, withFirm: async () => new Set(['a']) }
    expect(ids(await ranked(ACCOUNTANT, [need('a', ACCOUNTS), need('b', ACCOUNTS)], asked))).toEqual(['b'])
  })

  it('shows what the firm may see and is open: none for the park only, of another park, closed, withheld or over', async () => {
    const needs = [
      need('open', ACCOUNTS),
      need('park', ACCOUNTS, { visibility: 'park' }),
      need('matched', ACCOUNTS, { visibility: 'matched' }),
      { ...need('elsewhere', ACCOUNTS), parkId: 'another' },
      { ...need('closed', ACCOUNTS), status: 'closed' },
      { ...need('draft', ACCOUNTS), published: null },
      need('over', ACCOUNTS, { deadline: '2026-11-23' }),
      need('today', ACCOUNTS, { deadline: '2026-11-24' }),
    ]
    expect(ids(await ranked(ACCOUNTANT, needs)).sort()).toEqual(['open', 'today'])
    const member: Actor = {
      ...{ kind: 'person', personId: 'p', staff: null },
      memberships: [{ type: 'provider', organisation: 'plain', role: 'viewer' }],
    }
    expect(ids(await ranked(ACCOUNTANT, needs, NOBODY_YET, member)).sort()).toEqual(['open', 'park', 'today'])
  })

  it('leaves out a need that has changed since it was found, until the change is found too', async () => {
    const needs = [need('a', ACCOUNTS), need('b', ACCOUNTS)]
    const side = await needsOver(needs)
    await side.rankNeeds(visitor, PARK, ACCOUNTANT, 10)
    Object.assign(needs[0] as NeedRecord, { version: 2 })
    const answer = await side.rankNeeds(visitor, PARK, ACCOUNTANT, 10)
    expect(answer && ids(answer)).toEqual(['b'])
  })

  it('reads the records that are shown and no others, since documents say what needs are', async () => {
    const side = await needsOver(NEEDS)
    const answer = await side.rankNeeds(visitor, PARK, FIRM, 5)
    expect(side.read).toHaveLength(5)
    expect(side.read.sort()).toEqual(answer && ids(answer).sort())
  })

  it('has nothing for a firm that is not listed', async () => {
    const side = await needsOver(NEEDS)
    expect(await side.rankNeeds(visitor, PARK, { ...FIRM, archivedAt: new Date() }, 5)).toBeNull()
  })
})

describe('a firm with nothing but a plain description', () => {
  let answer: NeedsAnswer
  beforeAll(async () => {
    const firm = plain(
      'Chúng tôi làm tem QR truy xuất nguồn gốc, lập mã số vùng trồng và nhật ký canh tác cho hợp tác xã trồng cây ăn trái.',
    )
    answer = await ranked(firm, NEEDS)
  })

  it('is shown needs of that work', () => {
    expect(answer.total).toBeGreaterThan(2)
    for (const { record, does } of answer.results.slice(0, 3)) {
      expect(does).toBe(true)
      expect(record.published?.services.length ? record.published.services : ['traceability']).toContain('traceability')
    }
  })

  it('is told which facts would rank it better, by how many needs ask about them', () => {
    const first = answer.results.filter(({ does }) => does).slice(0, 10)
    const facts = missingFacts(first)
    expect(facts[0]?.fact).toBe('services')
    const prices = first.filter(({ reasons }) => reasons.some(({ criterion }) => criterion === 'budget')).length
    expect(facts.find(({ fact }) => fact === 'prices')?.count ?? 0).toBe(prices)
    expect(facts.map(({ count }) => count)).toEqual(facts.map(({ count }) => count).sort((a, b) => b - a))
  })
})
