import type { PlainDate } from '../../kernel/clock.js'
import { type LocalText, pickText, type ShownText } from '../../kernel/text.js'
import type { RequestContext, Wording } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'
import { formatMoneyRange } from '../../platform/i18n/money.js'
import { spansIn } from '../../platform/records/highlights.js'
import { passageOf } from '../../platform/records/passages.js'
import type { Hit } from '../../platform/search/index.js'
import type { NeedRow } from '../../platform/views/models/lists.js'
import { placeName } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { daysUntil, needState, published } from './needs.rules.js'
import type { NeedContent } from './needs.schemas.js'
import type { NeedRecord } from './needs.search.js'

export interface RowOptions {
  /** The day it is in the park's zone; with it the row tells the deadline and an end that has come. */
  today?: PlainDate
  /** What the need was found by: its words are marked. */
  hit?: Hit
}

/** A published need in a list. */
export function needRow(
  record: NeedRecord,
  taxonomy: TaxonomyView,
  context: RequestContext,
  { today, hit }: RowOptions = {},
): NeedRow {
  const need = published(record)
  const title = shown(need.title, context)
  const titleSpans = hit ? spansIn(hit, 'title', title.text) : []
  const state = today === undefined ? 'open' : needState(record, today)
  return {
    href: context.url('needs.show', { slug: record.slug }),
    title,
    titleSpans,
    excerpt: hit && titleSpans.length === 0 ? passageIn(need, hit, taxonomy, context) : null,
    facts: [
      need.sector ? taxonomy.name('sector', need.sector, context.lang) : '',
      need.ward ? placeName(need.ward) : '',
      budgetWords(need, context),
      state === 'open' && today !== undefined && need.deadline ? deadlineWords(need.deadline, today, context) : '',
    ].filter(Boolean),
    outcome: state === 'open' ? null : context.t(`needs.state.${state}`),
    waiting: false,
  }
}

/** Where the words stand, in the story or in the names of the services that the need was filed under. */
const passageIn = (need: NeedContent, hit: Hit, taxonomy: TaxonomyView, { lang }: RequestContext) =>
  passageOf(
    hit,
    [
      ['problem', [need.problem]],
      ['outcome', [need.outcome]],
      ['services', [hit.document.service ?? []].flat().map((id) => taxonomy.service(String(id))?.name)],
    ],
    lang,
  )

export function budgetWords({ budget }: NeedContent, { lang, t }: Wording): string {
  return budget ? formatMoneyRange(lang, budget) : t('needs.facts.noBudget')
}

// Further off than this, a day says more than how many days are left.
const COUNTED_DAYS = 60

/** Whether the days left are counted. */
export function isNear(deadline: PlainDate, today: PlainDate): boolean {
  const days = daysUntil(deadline, today)
  return days >= 0 && days <= COUNTED_DAYS
}

/** "còn 12 ngày", "hôm nay là hạn chót", or the day itself when it is far off. Takes a deadline that has not passed. */
export function deadlineWords(deadline: PlainDate, today: PlainDate, context: Wording): string {
  const { t } = context
  const count = daysUntil(deadline, today)
  if (!isNear(deadline, today)) return t('needs.facts.until', { date: dayWords(deadline, context) })
  return count === 0 ? t('needs.facts.lastDay') : t('needs.facts.daysLeft', { count })
}

export const dayWords = (day: PlainDate | Date, { lang, park }: Wording): string => formatDate(lang, day, park.timeZone)

/** The same words at the beginning of a line. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** A text that every need has. */
export const shown = (text: LocalText, { lang }: Pick<Wording, 'lang'>): ShownText =>
  pickText(text, lang) ?? { text: '', lang }
