import { beforeAll, describe, expect, it } from 'vitest'
import { gini } from '../../../../src/modules/evaluation/statistics.rules.js'
import type { Matcher } from '../../../../src/modules/matching/index.js'
import { sayReason } from '../../../../src/modules/matching/reasons/sentences.js'
import { type NeedContent, needContent, type WrittenNeed } from '../../../../src/modules/needs/index.js'
import { createTranslator } from '../../../../src/platform/i18n/translator.js'
import {
  demonstrationFirms,
  demonstrationNeeds,
  matcherOver,
  PARK,
  providerRecord,
  taxonomy,
  visitor,
} from './demonstration-park.js'

const TEXT = 'htx trong khom can tem truy xuat cho sieu thi, tam 40tr, o vi tan, truoc tet'

let matcher: Matcher
beforeAll(async () => {
  matcher = await matcherOver(demonstrationFirms)
})

const written = (content: NeedContent, day = '2026-11-01'): WrittenNeed => ({
  content,
  writtenAt: new Date(`${day}T05:00:00Z`),
})

const ids = (results: readonly { record: { id: string } }[]) => results.map(({ record }) => record.id)

describe('the matcher', () => {
  it('gives the same order whatever the limit, and as many as it is asked for', async () => {
    const [few, many] = await Promise.all([5, 30].map((limit) => matcher.match(visitor, PARK, { text: TEXT, limit })))
    expect(few?.results).toHaveLength(5)
    expect(ids(many?.results ?? []).slice(0, 5)).toEqual(ids(few?.results ?? []))
  })

  it('orders records as it ranks ids', async () => {
    const { ranked } = await matcher.rank(visitor, PARK, { text: TEXT })
    const { results } = await matcher.match(visitor, PARK, { text: TEXT, limit: 20 })
    expect(ids(results)).toEqual(ranked.slice(0, 20).map(({ id }) => id))
  })

  it('follows when a service is taken away and another added', async () => {
    const { understood, results } = await matcher.match(visitor, PARK, {
      text: TEXT,
      dropped: ['service:traceability'],
      added: ['service:clinic-software'],
      limit: 2,
    })
    expect(understood.services.map(({ id }) => id)).not.toContain('traceability')
    expect(results.every(({ record }) => record.published?.services.some((s) => s.service === 'clinic-software'))).toBe(
      true,
    )
  })

  it.each([
    ['budget', 'budget'],
    ['ward', 'place'],
    ['deadline', 'delivery'],
  ])('judges no %s that was taken away', async (dropped, criterion) => {
    const criteria = async (names: string[]) =>
      (await matcher.match(visitor, PARK, { text: TEXT, dropped: names, limit: 1 })).results.flatMap(({ reasons }) =>
        reasons.map((r) => r.criterion),
      )
    expect(await criteria([])).toContain(criterion)
    expect(await criteria([dropped])).not.toContain(criterion)
  })

  it('serves a stored need by its fields', async () => {
    const need = demonstrationNeeds.find(({ content }) => content.services.length > 0 && content.ward)?.content
    if (!need) throw new Error('the demonstration has no such need')
    const { understood } = await matcher.matchNeed(visitor, PARK, written(need), 3)
    expect(understood.services.map(({ id }) => id)).toEqual(need.services)
    expect(understood.ward?.code).toBe(need.ward)
  })

  it.each([
    ['trong 2 tuần', '2026-11-20', '2026-12-04', 1],
    ['trong 2 tuần', '2026-11-01', '2026-11-15', null],
    ['cuối tháng này', '2026-11-05', '2026-11-30', 0],
    ['cuối tháng này', '2026-10-28', '2026-10-31', null],
    ['in two weeks', '2026-11-24', '2026-12-08', 2],
  ])('counts "%s" in a need of %s from then', async (words, day, date, weeks) => {
    const content = needContent.parse({ title: { vi: 'Kế toán' }, problem: { vi: `Cần phần mềm kế toán, ${words}` } })
    const { understood } = await matcher.matchNeed(visitor, PARK, written(content, day), 1)
    expect(understood.deadline).toMatchObject({ date, weeks })
  })

  it('counts from the day in the park, and from now what was just typed', async () => {
    const text = 'Cần phần mềm kế toán, trong 2 tuần'
    const deadline = async (writtenAt?: Date) =>
      (await matcher.match(visitor, PARK, { text, writtenAt, limit: 1 })).understood.deadline?.date
    expect(await deadline(new Date('2026-11-19T18:00:00Z'))).toBe('2026-12-04')
    expect(await deadline()).toBe('2026-12-08')
  })

  it('says that a day has passed, in both languages, and holds it against nobody', async () => {
    const content = needContent.parse({
      ...{ title: { vi: 'Kế toán' }, problem: { vi: 'Cần phần mềm kế toán' } },
      ...{ services: ['accounting'], deadline: '2026-11-20' },
    })
    const passed = await matcher.matchNeed(visitor, PARK, written(content), 20)
    const { deadline: _, ...open } = content
    const without = await matcher.matchNeed(visitor, PARK, written(open), 20)
    // By score: near-ties may stand in another order.
    const doing = ({ results }: typeof passed) =>
      ids(results.filter(({ does }) => does).sort((a, b) => b.score - a.score))
    expect(doing(passed)).toEqual(doing(without))
    const translator = createTranslator()
    for (const { record, reasons } of passed.results) {
      const reason = reasons.find(({ criterion }) => criterion === 'delivery')
      const profile = record.published
      if (!reason || !profile) throw new Error('no reason speaks of the day')
      expect(reason.status).toBe('unknown')
      const said = (['vi', 'en'] as const).flatMap((lang) =>
        (['need', 'firm'] as const).map((reader) => {
          const told = { lang, t: translator(lang), taxonomy, need: passed.understood, profile, reader }
          const { title, text } = sayReason(reason, told)
          return `${title} ${text}`
        }),
      )
      expect(said).toEqual([
        expect.stringMatching(/20.*2026.*: ngày này đã qua/),
        expect.stringMatching(/20.*2026.*: ngày này đã qua/),
        expect.stringMatching(/20.*2026: that day has passed/),
        expect.stringMatching(/20.*2026: that day has passed/),
      ])
    }
  })

  it('counts the firms that do the work, not all it has looked at', async () => {
    const { total } = await matcher.match(visitor, PARK, { text: 'cần drone phun thuốc', limit: 10 })
    expect(total).toBeGreaterThan(0)
    expect(total).toBeLessThan(10)
  })

  it('returns to a page every firm that it counts, also those that a must-have puts behind firms that are merely near', async () => {
    const text = 'cần làm website, bắt buộc biết tiếng Khmer'
    const { ranked, doing } = await matcher.rank(visitor, PARK, { text })
    expect(ranked.slice(0, 10).filter(({ id }) => doing.has(id)).length).toBeLessThan(doing.size)
    const { results, total } = await matcher.match(visitor, PARK, { text, limit: 10, doersFirst: true })
    expect(results).toHaveLength(10)
    expect(results.filter(({ does }) => does)).toHaveLength(total)
    const place = new Map(ranked.map(({ id }, i) => [id, i]))
    const places = ids(results).map((id) => place.get(id) ?? -1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('answers a text that says nothing, and one of only signs', async () => {
    for (const text of ['', '???', '💩'.repeat(50), 'x'.repeat(4_000)]) {
      const answer = await matcher.match(visitor, PARK, { text, limit: 5 })
      expect(answer.verdict).toBe('vague')
    }
  })

  it.each([
    ...['Xin chào', 'hello', '20 triệu', 'trong 2 tuần', 'Cần giúp', 'giày'],
    ...['Vị Thanh', 'vi thanh', 'Phường Vị Thanh', 'Ngã Bảy', 'tôi ở Vị Thanh, trong 2 tuần, 20 triệu'],
    ...['lúa', 'lua', 'khóm', 'rice farmer', 'xã Long Bình, lúa', 'vườn trái cây ở Ngã Bảy, 20 triệu'],
  ])('asks for more words where nobody knows what is needed: "%s"', async (text) => {
    expect((await matcher.match(visitor, PARK, { text, limit: 1 })).verdict).toBe('vague')
  })

  it.each([
    ...['thuê luật sư', 'hớt tóc', 'làm móng tay', 'vay tiền', 'hire a truck', 'mua đất ở Vị Thanh'],
    ...['xây nhà', 'sửa xe máy ở Ngã Bảy, 2 triệu', 'rice seeds', 'cho thuê máy gặt lúa'],
  ])('says that nobody does what is plain enough, however short: "%s"', async (text) => {
    expect((await matcher.match(visitor, PARK, { text, limit: 1 })).verdict).toBe('nobody')
  })

  it('leaves out firms of another park', async () => {
    const stranger = { ...providerRecord('stranger', demonstrationFirms[0]?.published), parkId: 'elsewhere' }
    const { match } = await matcherOver([stranger])
    expect((await match(visitor, PARK, { text: TEXT, limit: 5 })).results).toEqual([])
  })
})

describe('the order', () => {
  const NEEDS = [TEXT, 'cần phần mềm bán hàng', 'lam website', 'can pm ke toan va hddt cho hkd', 'làm web bán trái cây']
  const alike = (count: number, publishedAt?: (n: number) => Date) =>
    Array.from({ length: count }, (_, n) => {
      const profile = {
        name: { vi: `Công ty Số ${n}` },
        description: { vi: 'Làm phần mềm bán hàng cho tiệm tạp hóa.' },
        park: { status: 'associated' },
        services: [{ service: 'pos' }],
      }
      const record = providerRecord(`alike-${n}`, profile)
      return { ...record, publishedAt: publishedAt?.(n) ?? new Date('2020-01-01T00:00:00Z') }
    })
  const orderIn = async ({ rank }: Matcher, text: string) =>
    (await rank(visitor, PARK, { text })).ranked.map(({ id }) => id)

  it('is the same whichever firms the park has marked as its choice', async () => {
    const marked = demonstrationFirms.map((firm, n) => (n % 3 === 0 ? { ...firm, featuredAt: new Date() } : firm))
    const other = await matcherOver(marked)
    for (const text of NEEDS) expect(await orderIn(other, text)).toEqual(await orderIn(matcher, text))
  })

  it('of firms alike is the same all day, with accents or without, and another the next day of the park', async () => {
    let now = new Date('2026-11-24T00:30:00Z')
    const crowded = await matcherOver(alike(12), () => now)
    const text = 'cần phần mềm bán hàng cho tiệm tạp hóa'
    const morning = await orderIn(crowded, text)
    now = new Date('2026-11-24T16:30:00Z')
    expect(await orderIn(crowded, text)).toEqual(morning)
    expect(await orderIn(crowded, 'can phan mem  ban hang cho tiem tap hoa')).toEqual(morning)
    // 23:30 has passed to 00:30 in Vietnam.
    now = new Date('2026-11-24T17:30:00Z')
    expect(await orderIn(crowded, text)).not.toEqual(morning)
  })

  it('gives firms alike the first places about equally often', async () => {
    const crowded = await matcherOver(alike(12))
    const times = new Map<string, number>()
    for (let n = 0; n < 240; n++) {
      const order = await orderIn(crowded, `cần phần mềm bán hàng cho ${n} tiệm tạp hóa`)
      for (const id of order.slice(0, 5)) times.set(id, (times.get(id) ?? 0) + 1)
    }
    expect(times.size).toBe(12)
    expect(gini([...times.values()])).toBeLessThan(0.1)
  })

  it('has the tenth place for a firm that is new, and says so of it alone', async () => {
    const isNew = (n: number) => n === 13
    const since = (n: number) => new Date(isNew(n) ? '2026-11-20T00:00:00Z' : '2020-01-01T00:00:00Z')
    const crowded = await matcherOver(alike(14, since))
    let given = 0
    for (let n = 0; n < 30; n++) {
      const text = `cần phần mềm bán hàng cho ${n} tiệm tạp hóa`
      const { results } = await crowded.match(visitor, PARK, { text, limit: 14 })
      const newcomers = results.filter(({ newcomer }) => newcomer)
      expect(ids(results).indexOf('alike-13')).toBeLessThan(10)
      if (newcomers.length > 0) expect([ids(newcomers), newcomers]).toEqual([['alike-13'], [results[9]]])
      given += newcomers.length
    }
    expect(given).toBeGreaterThan(0)
  })
})

describe('firms with nothing but a plain description', () => {
  const plain = (id: string, name: string, description: string) =>
    providerRecord(id, { name: { vi: name }, description: { vi: description }, park: { status: 'associated' } })

  it('are found by what their text is about, and quoted with it', async () => {
    const { match } = await matcherOver([
      plain(
        'labels',
        'Công ty Hạt Nắng',
        'Chúng tôi làm tem QR truy xuất nguồn gốc, lập mã số vùng trồng và nhật ký canh tác cho hợp tác xã.',
      ),
      plain(
        'cameras',
        'Công ty Mắt Cú',
        'Lắp camera an ninh, kéo cáp mạng nội bộ, phủ sóng wifi cho nhà xưởng và trường học.',
      ),
    ])
    const { verdict, results } = await match(visitor, PARK, { text: 'siêu thị đòi tem quét ra vườn nào', limit: 2 })
    expect(verdict).toBe('answered')
    expect(results[0]?.record.id).toBe('labels')
    const met = results[0]?.reasons.find(({ status }) => status === 'met')
    expect(results[0]?.record.published?.description.vi).toContain(met?.quote?.words.vi ?? 'no quote')
  })

  it('are not taken to do what they say they do not', async () => {
    const { match } = await matcherOver([
      plain('till', 'Công ty Bến Đò', 'Lắp loa báo tiền cho sạp chợ. Chúng tôi không làm phần mềm kế toán.'),
    ])
    const { verdict } = await match(visitor, PARK, { text: 'cần phần mềm kế toán', limit: 1 })
    expect(verdict).toBe('nobody')
  })

  it.each([
    ['Kéo mạng, phủ sóng wifi cho xưởng. Không sửa máy tính, không lắp máy in.', 'sửa máy tính'],
    ['Kéo mạng, phủ sóng wifi cho xưởng. Máy tính, máy in thì chúng tôi không sửa.', 'sửa máy tính'],
    ['Tính tiền cho quán ăn. Chúng tôi không làm website.', 'làm website'],
    ['Cabling and wifi for workshops. We do not repair computers.', 'repair computers'],
  ])('are not said to do what they deny, nor to speak of it: %s', async (description, text) => {
    const { match } = await matcherOver([plain('denies', 'Công ty Bến Đò', description)])
    const { verdict, results } = await match(visitor, PARK, { text, limit: 1 })
    expect(verdict).not.toBe('answered')
    for (const { does, reasons } of results) {
      expect(does).toBe(false)
      expect(reasons.filter(({ quote, criterion }) => criterion === 'words' && quote)).toEqual([])
    }
  })

  it('are quoted with what they do, and not with what they deny', async () => {
    const done = 'Chúng tôi dựng website cho nhà vườn, có tiếng Anh cho khách xa'
    const filler = 'Đội có bảy người ở Vị Thanh, làm việc từ thứ hai tới thứ bảy và trả lời trong ngày. '
    const description = `Không làm website bán cờ bạc. ${filler.repeat(3)}${done}. ${filler}`
    const { match } = await matcherOver([plain('pages', 'Công ty Nhánh Lúa', description)])
    const { results } = await match(visitor, PARK, { text: 'cần website', limit: 1 })
    const quotes = results[0]?.reasons.flatMap(({ quote }) => quote?.words.vi ?? []) ?? []
    expect(quotes.some((quote) => quote.includes('dựng website'))).toBe(true)
    expect(quotes.some((quote) => quote.includes('cờ bạc'))).toBe(false)
  })
})
