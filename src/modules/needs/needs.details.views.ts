import type { PlainDate } from '../../kernel/clock.js'
import { pickText, type ShownText } from '../../kernel/text.js'
import type { RequestContext, Wording } from '../../platform/http/context.js'
import { placeName } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import type { NeedContent } from './needs.schemas.js'
import { budgetWords, capital, dayWords, deadlineWords, isNear, shown } from './needs.views.js'

/** View model of `needs/_details.hbs`: all that a need says. */
export interface NeedDetails {
  problem: ShownText
  outcome: ShownText | null
  services: readonly string[]
  mustHaves: readonly string[]
  niceToHaves: readonly string[]
  /** `field` is the form's name for it. */
  pairs: readonly { field: string; label: string; value: string }[]
}

export interface DetailWords {
  context: RequestContext
  taxonomy: TaxonomyView
  today: PlainDate
}

/** `services` are those the need asks for, also where only its words say so; `open` whether its deadline still counts. */
export function needDetails(
  need: NeedContent,
  { services, open }: { services: readonly string[]; open: boolean },
  words: Omit<DetailWords, 'context'> & { context: Wording },
): NeedDetails {
  const { context, taxonomy } = words
  return {
    problem: shown(need.problem, context),
    outcome: pickText(need.outcome, context.lang),
    services: services.map((id) => taxonomy.name('service', id, context.lang)),
    mustHaves: need.mustHaves,
    niceToHaves: need.niceToHaves,
    pairs: pairsOf(need, open, words),
  }
}

/** Budget and deadline are told even where they are open: a firm asks for them first. */
function pairsOf(
  need: NeedContent,
  open: boolean,
  { context, taxonomy, today }: Parameters<typeof needDetails>[2],
): NeedDetails['pairs'] {
  const { t, lang } = context
  const { deadline, start, onSite } = need
  const values: [field: string, label: string, value: string | undefined][] = [
    ['sector', 'sector', need.sector && taxonomy.name('sector', need.sector, lang)],
    ['ward', 'place', need.ward && placeName(need.ward, true)],
    ['sizeBand', 'size', need.sizeBand && taxonomy.name('sizeBand', need.sizeBand, lang)],
    ['budget', 'budget', need.budget ? budgetWords(need, context) : t('needs.facts.undecided')],
    ['start', 'start', start && dayWords(start, context)],
    [
      'deadline',
      'deadline',
      deadline ? dayAndLeft(deadline, open ? today : null, context) : t('needs.facts.undecided'),
    ],
    ['onSite', 'onSite', onSite === undefined ? undefined : t(onSite ? 'needs.facts.onSite' : 'needs.facts.remote')],
    ['tools', 'tools', need.tools.join(', ')],
  ]
  return values.flatMap(([field, label, value]) =>
    value ? [{ field, label: t(`needs.pairs.${label}`), value: capital(value) }] : [],
  )
}

/** The day, and how much time there is where that can be counted; null for a need that has ended. */
function dayAndLeft(deadline: PlainDate, today: PlainDate | null, context: Wording): string {
  const day = dayWords(deadline, context)
  if (today === null || !isNear(deadline, today)) return day
  return `${day} (${deadlineWords(deadline, today, context)})`
}
