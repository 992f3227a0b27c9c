import { beforeAll, describe, expect, it } from 'vitest'
import { judgedNeeds } from '../../../../scripts/support/measured.js'
import { LANGUAGES, type LocalText } from '../../../../src/kernel/text.js'
import { VOICES } from '../../../../src/modules/evaluation/index.js'
import { wardByCode } from '../../../../src/modules/geography/index.js'
import type { MatchAnswer, MatchedFirm } from '../../../../src/modules/matching/index.js'
import type { Detail } from '../../../../src/modules/matching/ranking/judgement.types.js'
import type { QuoteField, Reason } from '../../../../src/modules/matching/reasons/reason.types.js'
import { sayReason } from '../../../../src/modules/matching/reasons/sentences.js'
import { firstYearCeiling } from '../../../../src/modules/matching/understanding/budget.rules.js'
import type { Understood } from '../../../../src/modules/matching/understanding/understood.types.js'
import { writtenNeed } from '../../../../src/modules/needs/index.js'
import type { ProviderProfile } from '../../../../src/modules/providers/index.js'
import { formatMoney, formatMoneyRange } from '../../../../src/platform/i18n/money.js'
import { createTranslator } from '../../../../src/platform/i18n/translator.js'
import { fold } from '../../../../src/platform/search/index.js'
import { demonstrationFirms, demonstrationNeeds, matcherOver, PARK, taxonomy, visitor } from './demonstration-park.js'
import { needRecord, needsOver } from './firm-side/needs-park.js'

/**
 * Takes apart every reason that the demonstration gives, to whoever has a need and to a firm of itself, and checks it against the firm's
 * record. The needs are those of the demonstration and, in all their voices, the judged ones.
 */

interface Told {
  need: Understood
  profile: ProviderProfile
  reason: Reason
  /** Whom it is told to. */
  reader: 'need' | 'firm'
  where: string
}

type Of<C extends Detail['criterion']> = Extract<Detail, { criterion: C }>

/** Some hundred needs and all firms are matched once: seconds by itself; other files run beside it. */
const ALL_READ_MS = 120_000

const answers: { id: string; answer: MatchAnswer }[] = []
let told: Told[] = []

beforeAll(async () => {
  const matcher = await matcherOver(demonstrationFirms)
  for (const { id, content } of demonstrationNeeds) {
    answers.push({
      id,
      answer: await matcher.matchNeed(visitor, PARK, writtenNeed(content, needRecord(id, content)), 5),
    })
    const text = [content.title, content.problem].map((t) => t.vi ?? t.en ?? '').join('\n')
    answers.push({ id: `${id} in words`, answer: await matcher.match(visitor, PARK, { text, limit: 3 }) })
  }
  for (const { id, half, text } of await judgedNeeds()) {
    if (half !== 'tuning') continue
    for (const voice of VOICES)
      answers.push({
        id: `${id} ${voice}`,
        answer: await matcher.match(visitor, PARK, { text: text[voice], limit: 2 }),
      })
  }
  told = [
    ...answers.flatMap(({ id, answer }) =>
      answer.results.flatMap((firm) =>
        firm.reasons.map((reason) => ({
          ...{ need: answer.understood, profile: profileOf(firm), reason },
          ...{ reader: 'need' as const, where: `${id} / ${firm.record.id}` },
        })),
      ),
    ),
    ...(await toldToFirms()),
  ]
}, ALL_READ_MS)

/** The reasons of the first needs of each firm, as its people read them. */
async function toldToFirms(): Promise<Told[]> {
  const { rankNeeds } = await needsOver(demonstrationNeeds.map(({ id, content }) => needRecord(id, content)))
  const told: Told[] = []
  for (const firm of demonstrationFirms) {
    const answer = await rankNeeds(visitor, PARK, firm, 3)
    if (!answer) throw new Error(`${firm.id} is not listed`)
    for (const { record, understood, reasons } of answer.results)
      for (const reason of reasons) {
        const where = `${firm.id} / ${record.id}`
        told.push({ need: understood, profile: answer.profile, reason, reader: 'firm', where })
      }
  }
  return told
}

function profileOf(firm: MatchedFirm): ProviderProfile {
  if (!firm.record.published) throw new Error(`${firm.record.id} is not published`)
  return firm.record.published
}

/** The texts of a firm that a quote of a field may come from. */
const TEXTS: Record<QuoteField, (p: ProviderProfile) => (LocalText | undefined)[]> = {
  tagline: (p) => [p.tagline],
  description: (p) => [p.description],
  feature: (p) => p.features,
  benefit: (p) => p.benefits,
  evidence: (p) => p.services.map((s) => s.evidence),
  case: (p) => p.cases.map((c) => c.result),
}

/** Checks every reason of one criterion; fails when the demonstration has none. */
function each<C extends Detail['criterion']>(criterion: C, check: (detail: Of<C>, one: Told) => void) {
  const ones = told.filter(({ reason }) => reason.criterion === criterion)
  expect(ones.length).toBeGreaterThan(0)
  for (const one of ones) check(one.reason.detail as Of<C>, one)
}

/** By which a clause denies, or sends elsewhere. */
const NO = /(?<!\p{L})(?:không|chưa|chẳng|no|not|neither|never|cannot|khác|others|elsewhere)(?!\p{L})|n['’]t/iu

const serviceOf = ({ profile }: Told, id: string) => profile.services.find((s) => s.service === id)

describe('every reason', () => {
  it('quotes the firm verbatim, in the language and from the field it says', () => {
    const invented = told.flatMap(({ reason: { quote }, profile, where }) =>
      LANGUAGES.flatMap((lang) => {
        const words = quote?.words[lang]
        if (!quote || words === undefined) return []
        return TEXTS[quote.field](profile).some((text) => text?.[lang]?.includes(words)) ? [] : [`${where}: ${words}`]
      }),
    )
    expect(invented).toEqual([])
    expect(told.filter(({ reason }) => reason.quote).length).toBeGreaterThan(500)
  })

  it('can be said in both languages, with something to say', () => {
    const translator = createTranslator()
    const wrong = LANGUAGES.flatMap((lang) => {
      const t = translator(lang)
      return told.flatMap(({ where, ...telling }) => {
        const { title, text } = sayReason(telling.reason, { ...telling, lang, t, taxonomy })
        const said = title.trim() !== '' && text.trim() !== ''
        return said && !/\{\{|undefined|null|NaN/.test(`${title} ${text}`) ? [] : [`${where}: ${title} ${text}`]
      })
    })
    expect(wrong).toEqual([])
  })

  it('weighs something', () => {
    expect(told.filter(({ reason }) => !(reason.weight > 0)).map(({ where }) => where)).toEqual([])
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
      if (kind === 'unstated' && ward !== null) expect([...profile.wards, ...profile.provinces], where).toEqual([])
    })
  })

  it('a budget gives the price of the record and stands to it as it says', () => {
    const say = createTranslator()('vi')
    each('budget', ({ kind, from, to }, one) => {
      const { need, profile, reason, reader, where } = one
      const ceiling = need.budget ? (firstYearCeiling(need.budget) ?? 0) : 0
      const prices = need.services.map(({ id }) => serviceOf(one, id)?.price)
      const { text } = sayReason(reason, { lang: 'vi', t: say, taxonomy, need, profile, reader })
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
      expect(kind === 'passed', one.where).toBe(one.need.deadline?.weeks === null)
      if (kind === 'unstated' || kind === 'passed') return
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

  it('words shared quotes those words where it says that the text is about the same', () => {
    each('words', ({ kind }, { reason, where }) => {
      expect(reason.quote === null, where).toBe(kind === 'none')
    })
  })

  it('a language agrees with the languages it names', () => {
    each('language', ({ kind, language }, { profile, where }) => {
      expect(profile.languages.includes(language), where).toBe(kind === 'speaks')
      expect(profile.languages.length === 0, where).toBe(kind === 'unstated')
    })
  })

  it('a refusal quotes a clause of the firm that says no, and shares a word with the need', () => {
    each('refusal', ({ clause }, { need, reason, where }) => {
      expect(reason.status, where).toBe('unmet')
      expect(Object.values(reason.quote?.words ?? {}), where).toEqual([clause])
      expect(['tagline', 'feature', 'benefit', 'evidence', 'description'], where).toContain(reason.quote?.field)
      expect(clause, where).toMatch(NO)
      const asked = new Set(fold(need.words).match(/\p{L}+/gu))
      expect(
        fold(clause)
          .match(/\p{L}+/gu)
          ?.some((word) => asked.has(word)),
        where,
      ).toBe(true)
    })
    expect(
      told.filter(({ reason, reader }) => reason.criterion === 'refusal' && reader === 'need').length,
    ).toBeGreaterThan(0)
  })

  it('a must is met only by its own words or a field, and broken only by a field', () => {
    each('mustHave', ({ kind, must }, { need, profile, reason, where }) => {
      expect(need.mustHaves[must]?.text, where).toBeTruthy()
      if (kind === 'hinted') expect(reason.quote, where).not.toBeNull()
      const asked = fold(need.mustHaves[must]?.text ?? '')
      const answers = [
        ...(/tieng anh|english/.test(asked) ? [profile.languages.includes('en')] : []),
        ...(/khmer/.test(asked) ? [profile.languages.includes('km')] : []),
        ...(/tan noi|tai cho|\b(toi|den)\b|on.?site|come/.test(asked) ? [profile.onSite === true] : []),
        ...(/iso/.test(asked) ? [profile.certifications.some((one) => /iso/i.test(one))] : []),
      ]
      if (reason.quote !== null) return
      if (kind === 'denied') expect(answers, where).toContain(false)
      if (kind === 'inPart') expect(answers, where).toContain(true)
      if (kind === 'said') expect(answers.length > 0 && answers.every(Boolean), `${where}: ${asked}`).toBe(true)
      // "Within two hours" is not met by coming at all.
      if (kind === 'said') expect(asked, where).not.toMatch(/\d (gio|phut|hour|minute)/)
    })
  })
})
