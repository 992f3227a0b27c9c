import { type Lang, pickText, type ShownText } from '../../../kernel/text.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { formatMoney, formatMoneyRange } from '../../../platform/i18n/money.js'
import type { Translate } from '../../../platform/i18n/translator.js'
import { placeName, provinceByCode, wardByCode } from '../../geography/index.js'
import type { ProviderProfile } from '../../providers/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { Detail } from '../ranking/judgement.types.js'
import { type Budget, firstYearCeiling } from '../understanding/budget.rules.js'
import type { Understood } from '../understanding/understood.types.js'
import type { Reason } from './reason.types.js'

/** A reason in words: what it is about, how the firm stands to it, and its own words. */
export interface SaidReason {
  title: string
  text: string
  quote: ShownText | null
}

/** Whom a reason is told to, and what it is told of. */
export interface Telling {
  lang: Lang
  t: Translate
  taxonomy: TaxonomyView
  need: Understood
  profile: ProviderProfile
  /** Who reads it: the need's side, of a firm, or the firm's people, of themselves. */
  reader?: 'need' | 'firm'
}

type Told<C extends Detail['criterion']> = Extract<Detail, { criterion: C }>
type Said = Pick<SaidReason, 'title' | 'text'>
type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string

/** A reason as a person would say it. Every figure and name in it comes from the need or from the firm's record. */
export function sayReason(reason: Reason, telling: Telling): SaidReason {
  const { criterion } = reason.detail
  const told = telling.reader === 'firm' ? 'firmReasons' : 'reasons'
  const say: Say = (key, params) => telling.t(`matching.${told}.${criterion}.${key}`, params)
  return { ...said(reason, telling, say), quote: pickText(reason.quote?.words, telling.lang) }
}

function said({ detail }: Reason, telling: Telling, say: Say): Said {
  const { taxonomy, lang, need } = telling
  switch (detail.criterion) {
    case 'service':
      return {
        title: say('title', { service: taxonomy.name('service', detail.service, lang) }),
        text: say(detail.kind),
      }
    case 'words':
      return { title: say('title'), text: say(detail.kind) }
    case 'sector':
      return saySector(detail, telling, say)
    case 'place':
      return sayPlace(detail, need, say)
    case 'budget':
      return sayBudget(detail, telling, say)
    case 'delivery':
      return sayDelivery(detail, telling, say)
    case 'evidence':
      return sayEvidence(detail, telling, say)
    case 'language':
      return sayLanguage(detail, lang, say)
    case 'mustHave':
      return { title: say('title', { must: need.mustHaves[detail.must]?.text ?? '' }), text: say(detail.kind) }
    case 'refusal':
      return { title: say('title'), text: say(detail.kind) }
  }
}

function saySector({ kind, sector, served }: Told<'sector'>, { taxonomy, lang }: Telling, say: Say): Said {
  const name = (id: string) => taxonomy.name('sector', id, lang)
  return { title: say('title', { sector: name(sector) }), text: say(kind, { served: joined(served.map(name), lang) }) }
}

function sayPlace({ kind, ward }: Told<'place'>, { onSite }: Understood, say: Say): Said {
  // A firm that comes over has not said that it works remotely.
  const remote = onSite?.value === false && kind !== 'visits'
  const title = ward ? say('titleAt', { place: placeName(ward) }) : say(remote ? 'titleRemote' : 'title')
  const province = provinceByCode(wardByCode(ward ?? '')?.province ?? '')?.name ?? ''
  return { title, text: say(kind === 'remote' && !ward ? 'fromAfar' : kind, { province }) }
}

function sayBudget({ kind, from, to }: Told<'budget'>, { need, lang }: Telling, say: Say): Said {
  const budget: Budget = need.budget ?? { currency: 'VND' }
  const ceiling = firstYearCeiling(budget) ?? 0
  const amount = formatMoneyRange(lang, budget)
  const title =
    budget.per === 'month'
      ? say('titleMonth', { budget: amount, year: formatMoney(lang, ceiling) })
      : say('title', { budget: amount })
  const price = formatMoneyRange(lang, { ...(from === null ? {} : { min: from }), ...(to === null ? {} : { max: to }) })
  const low = formatMoney(lang, from ?? 0)
  return { title, text: say(kind, { price, low, gap: formatMoney(lang, Math.max(0, (from ?? 0) - ceiling)) }) }
}

function sayDelivery({ kind, from, to }: Told<'delivery'>, { need, lang }: Telling, say: Say): Said {
  const exactly = (count: number) => (count === 0 ? say('few') : say('weeks', { count }))
  const low = from ?? 0
  const high = to ?? low
  const range = from === null || (from === 0 && high > 1) ? say('upTo', { to: high }) : say('range', { from, to: high })
  const weeks = kind === 'late' || low === high ? exactly(low) : low === 0 && high === 1 ? exactly(1) : range
  const date = need.deadline ? formatDate(lang, need.deadline.date, 'UTC') : ''
  return { title: say('title', { date }), text: say(kind, { weeks }) }
}

function sayEvidence({ kind, cases }: Told<'evidence'>, { profile, taxonomy, lang }: Telling, say: Say): Said {
  if (kind === 'none') return { title: say('title'), text: say('none') }
  if (kind === 'otherWork') return { title: say('title'), text: say('otherWork', { count: cases.length }) }
  const first = profile.cases[cases[0] ?? -1]
  const name = pickText(first?.client, lang)?.text ?? ''
  const dated = first?.year === undefined ? name : say('clientYear', { client: name, year: String(first.year) })
  const client = cases.length > 1 ? say('more', { client: dated, count: cases.length - 1 }) : dated
  const sector = first?.sector ? taxonomy.name('sector', first.sector, lang) : ''
  return {
    title: kind === 'sameTrade' ? say('titleTrade', { sector }) : say('titleWork'),
    text: say(kind, { client, sector }),
  }
}

function sayLanguage({ kind, language, languages }: Told<'language'>, lang: Lang, say: Say): Said {
  const names = new Intl.DisplayNames(lang, { type: 'language' })
  const name = (code: string) => names.of(code) ?? code
  return {
    title: say('title', { language: name(language) }),
    text: say(kind, { languages: joined(languages.map(name), lang) }),
  }
}

const joined = (names: readonly string[], lang: Lang) =>
  new Intl.ListFormat(lang, { type: 'conjunction' }).format(names)
