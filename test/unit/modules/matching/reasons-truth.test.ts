import { beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES, type Lang, type LocalText } from '../../../../src/kernel/text.js'
import { wardByCode } from '../../../../src/modules/geography/index.js'
import type { MatchAnswer, MatchedFirm } from '../../../../src/modules/matching/index.js'
import type { Detail } from '../../../../src/modules/matching/ranking/judgement.types.js'
import type { Reason } from '../../../../src/modules/matching/reasons/reason.types.js'
import { sayReason } from '../../../../src/modules/matching/reasons/sentences.js'
import { firstYearCeiling } from '../../../../src/modules/matching/understanding/budget.rules.js'
import type { Understood } from '../../../../src/modules/matching/understanding/understood.types.js'
import type { ProviderProfile } from '../../../../src/modules/providers/index.js'
import { formatMoney, formatMoneyRange } from '../../../../src/platform/i18n/money.js'
import { createTranslator } from '../../../../src/platform/i18n/translator.js'
import { demonstrationFirms, demonstrationNeeds, matcherOver, PARK, taxonomy, visitor } from './demonstration-park.js'

/** Takes apart every reason that the demonstration gives and checks it against the firm's record. */

interface Told {
  need: Understood
  profile: ProviderProfile
  reason: Reason
  where: string
}

type Of<C extends Detail['criterion']> = Extract<Detail, { criterion: C }>

const answers: { id: string; answer: MatchAnswer }[] = []
let told: Told[] = []

beforeAll(async () => {
  const matcher = await matcherOver(demonstrationFirms)
  for (const { id, content } of demonstrationNeeds) {
    answers.push({ id, answer: await matcher.matchNeed(visitor, PARK, content, 5) })
    const text = [content.title, content.problem].map((t) => t.vi ?? t.en ?? '').join('\n')
    answers.push({ id: `${id} in words`, answer: await matcher.match(visitor, PARK, { text, limit: 3 }) })
  }
  told = answers.flatMap(({ id, answer }) =>
    answer.results.flatMap((firm) =>
      firm.reasons.map((reason) => ({
        need: answer.understood,
        profile: profileOf(firm),
        reason,
        where: `${id} / ${firm.record.id}`,
      })),
    ),
  )
})

function profileOf(firm: MatchedFirm): ProviderProfile {
  if (!firm.record.published) throw new Error(`${firm.record.id} is not published`)
  return firm.record.published
}

/** Every text of a firm in one language. */
function textsOf(p: ProviderProfile, lang: Lang): string[] {
  const texts: (LocalText | undefined)[] = [
    p.tagline,
    p.description,
    ...p.features,
    ...p.benefits,
    ...p.services.map((s) => s.evidence),
    ...p.cases.map((c) => c.result),
  ]
  return texts.flatMap((text) => text?.[lang] ?? [])
}

/** Checks every reason of one criterion; fails when the demonstration has none. */
function each<C extends Detail['criterion']>(criterion: C, check: (detail: Of<C>, one: Told) => void) {
  const ones = told.filter(({ reason }) => reason.criterion === criterion)
  expect(ones.length).toBeGreaterThan(0)
  for (const one of ones) check(one.reason.detail as Of<C>, one)
}

const serviceOf = ({ profile }: Told, id: string) => profile.services.find((s) => s.service === id)

describe('every reason', () => {
  it('quotes the firm verbatim, in the language it says', () => {
    for (const { reason, profile, where } of told) {
      for (const lang of LANGUAGES) {
        const quote = reason.quote?.words[lang]
        if (quote !== undefined)
          expect(
            textsOf(profile, lang).some((text) => text.includes(quote)),
            `${where}: ${quote}`,
          ).toBe(true)
      }
    }
  })

  it('can be said in both languages, with something to say', () => {
    const translator = createTranslator()
    for (const { reason, need, profile, where } of told) {
      for (const lang of LANGUAGES) {
        const { title, text } = sayReason(reason, { lang, t: translator(lang), taxonomy, need, profile })
        expect(title.trim(), where).not.toBe('')
        expect(text.trim(), where).not.toBe('')
        expect(`${title} ${text}`, where).not.toMatch(/\{\{|undefined|null|NaN/)
      }
    }
  })

  it('weighs something', () => {
    for (const { reason, where } of told) expect(reason.weight, where).toBeGreaterThan(0)
  })
})

describe('a firm that does the work', () => {
  it('is shown with its own words in a met reason', () => {
    const doing = answers.flatMap(({ answer }) => answer.results).filter(({ reasons }) => reasons.some(isMetService))
    expect(doing.length).toBeGreaterThan(100)
    for (const { reasons, record } of doing) {
      expect(
        reasons.some(({ status, quote }) => status === 'met' && quote),
        record.id,
      ).toBe(true)
    }
  })
})

const isMetService = ({ criterion, status }: Reason) => criterion === 'service' && status === 'met'

describe('a reason about', () => {
  it('a service agrees with the list of services', () => {
    each('service', ({ kind, service }, one) => {
      const at = one.profile.services.findIndex((s) => s.service === service)
      if (kind === 'main') expect(at, one.where).toBe(0)
      else if (kind === 'listed') expect(at, one.where).toBeGreaterThan(0)
      else expect(at, one.where).toBe(-1)
      expect(one.reason.quote === null, one.where).toBe(kind === 'absent' || kind === 'unstated')
    })
  })

  it('a trade agrees with the trades it serves and has worked for', () => {
    each('sector', ({ kind, sector, served }, { profile, where }) => {
      const listed = profile.sectors.includes(sector)
      if (kind === 'served') expect(listed, where).toBe(true)
      if (kind === 'worked') expect(!listed && profile.cases.some((c) => c.sector === sector), where).toBe(true)
      if (kind === 'near' || kind === 'other') {
        expect(listed, where).toBe(false)
        expect(served.length, where).toBeGreaterThan(0)
        expect(
          served.every((id) => profile.sectors.includes(id)),
          where,
        ).toBe(true)
      }
      if (kind === 'unstated') expect(profile.sectors, where).toEqual([])
    })
  })

  it('a place agrees with where it goes', () => {
    each('place', ({ kind, ward }, { profile, where }) => {
      const goes = ward !== null && profile.wards.includes(ward)
      const province = wardByCode(ward ?? '')?.province ?? ''
      if (kind === 'ward') expect(goes, where).toBe(true)
      if (kind === 'province') expect(profile.provinces.includes(province), where).toBe(true)
      if (kind === 'remote') expect(profile.remote === true && !goes, where).toBe(true)
      if (kind === 'elsewhere') expect(!goes && profile.wards.length + profile.provinces.length > 0, where).toBe(true)
      if (kind === 'noVisits') expect(profile.onSite, where).toBe(false)
      if (kind === 'visits') expect(profile.onSite, where).toBe(true)
    })
  })

  it('a budget gives the price of the record and stands to it as it says', () => {
    const say = createTranslator()('vi')
    each('budget', ({ kind, from, to }, one) => {
      const { need, profile, reason, where } = one
      const ceiling = need.budget ? (firstYearCeiling(need.budget) ?? 0) : 0
      const prices = need.services.map(({ id }) => serviceOf(one, id)?.price)
      const { text } = sayReason(reason, { lang: 'vi', t: say, taxonomy, need, profile })
      if (kind === 'unstated') return
      expect(
        prices.some((p) => (p?.min ?? null) === from && (p?.max ?? null) === to),
        where,
      ).toBe(true)
      if (kind === 'within') expect(to ?? Number.POSITIVE_INFINITY, where).toBeLessThanOrEqual(ceiling)
      if (kind === 'reaches') expect((from ?? 0) <= ceiling && ceiling < (to ?? 0), where).toBe(true)
      if (kind === 'above' || kind === 'near') {
        expect(from ?? 0, where).toBeGreaterThan(ceiling)
        expect(text, where).toContain(formatMoney('vi', (from ?? 0) - ceiling))
      }
      const shown =
        kind === 'within' || kind === 'reaches'
          ? formatMoneyRange('vi', { min: from ?? undefined, max: to ?? undefined })
          : formatMoney('vi', from ?? 0)
      expect(text, where).toContain(shown)
    })
  })

  it('a time gives the weeks of the record and stands to the deadline as it says', () => {
    each('delivery', ({ kind, from, to }, one) => {
      if (kind === 'unstated') return
      const weeks = one.need.deadline?.weeks ?? 0
      const stated = one.need.services.map(({ id }) => serviceOf(one, id)?.deliveryWeeks)
      expect(
        stated.some((w) => w?.min === from && w?.max === to),
        one.where,
      ).toBe(true)
      expect(kind === 'inTime', one.where).toBe((to ?? 0) <= weeks)
      if (kind === 'late') expect(from ?? 0, one.where).toBeGreaterThan(weeks)
    })
  })

  it('work done tells of cases that are in the record, of the work and the trade it says', () => {
    each('evidence', ({ kind, cases }, { need, profile, reason, where }) => {
      const wanted = need.services.map(({ id }) => id)
      const trades = need.sectors.map(({ id }) => id)
      const records = cases.flatMap((at) => profile.cases[at] ?? [])
      expect(records, where).toHaveLength(cases.length)
      if (kind === 'none') expect(profile.cases, where).toEqual([])
      if (kind === 'otherWork')
        expect(
          profile.cases.some((c) => wanted.slice(0, 3).includes(c.service ?? '')),
          where,
        ).toBe(false)
      if (kind === 'none' || kind === 'otherWork') return
      expect(
        records.every((c) => wanted.includes(c.service ?? '')),
        where,
      ).toBe(true)
      expect(
        records.every((c) => trades.includes(c.sector ?? '')),
        where,
      ).toBe(kind === 'sameTrade')
      expect(reason.quote?.field, where).toBe('case')
      expect(records[0]?.result.vi ?? records[0]?.result.en, where).toContain(
        reason.quote?.words.vi ?? reason.quote?.words.en,
      )
    })
  })

  it('a language agrees with the languages it names', () => {
    each('language', ({ kind, language }, { profile, where }) => {
      expect(profile.languages.includes(language), where).toBe(kind === 'speaks')
      expect(profile.languages.length === 0, where).toBe(kind === 'unstated')
    })
  })

  it('a must is met only by its own words or a field, and broken only by a field', () => {
    each('mustHave', ({ kind, must }, { need, profile, reason, where }) => {
      expect(need.mustHaves[must]?.text, where).toBeTruthy()
      if (kind === 'hinted') expect(reason.quote, where).not.toBeNull()
      if (kind === 'denied') expect(profile.onSite === false || profile.languages.length > 0, where).toBe(true)
      if (kind === 'said' && reason.quote === null) {
        expect(
          profile.onSite === true || profile.languages.length > 0 || profile.certifications.length > 0,
          where,
        ).toBe(true)
      }
    })
  })
})
