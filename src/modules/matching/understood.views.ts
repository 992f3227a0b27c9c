import type { RequestContext } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'
import { formatMoneyRange } from '../../platform/i18n/money.js'
import type { ChipsView, Link } from '../../platform/views/models/lists.js'
import { placeName } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { including, type MatchState, toQuery, without } from './match-page.query.js'
import type { Understood } from './understanding/understood.types.js'

/** What was understood, one chip a finding; each leads to the page without it. */
export function understoodChips(
  u: Understood,
  state: MatchState,
  taxonomy: TaxonomyView,
  context: RequestContext,
): ChipsView {
  const { lang, t } = context
  const chip = (name: string, label: string, next = without(state, name)) => ({
    label,
    on: true,
    href: context.url('match', {}, toQuery(next)),
  })
  const chips = [
    ...u.services.map(({ id }) => chip(`service:${id}`, taxonomy.name('service', id, lang))),
    ...u.sectors.map(({ id }) => chip(`sector:${id}`, taxonomy.name('sector', id, lang))),
    ...(u.budget ? [chip('budget', budgetWords(u, context))] : []),
    ...(u.ward ? [chip('ward', placeName(u.ward.code), { ...without(state, 'ward'), ward: undefined })] : []),
    ...(u.deadline
      ? [chip('deadline', t('matching.page.before', { date: formatDate(lang, u.deadline.date, 'UTC') }))]
      : []),
    ...(u.onSite ? [chip('onSite', t(u.onSite.value ? 'matching.page.onSite' : 'matching.page.remote'))] : []),
    ...(u.mustHaves.length > 0 ? [chip('mustHaves', u.mustHaves.map((must) => must.text).join(' · '))] : []),
  ]
  return { label: t('matching.page.understood'), chips }
}

function budgetWords({ budget }: Understood, { lang, t }: RequestContext): string {
  const words = formatMoneyRange(lang, budget ?? {})
  return budget?.per === 'month' ? t('matching.page.perMonth', { budget: words }) : words
}

/** Hunches offered at once; more would be a list to read. */
const MOST_SUGGESTED = 3

/** Work that the words come near to without naming it: one click adds it. Null when there is none. */
export function suggestedServices(
  { hunches }: Understood,
  state: MatchState,
  taxonomy: TaxonomyView,
  context: RequestContext,
): ChipsView | null {
  const { lang, t } = context
  const chips = hunches.slice(0, MOST_SUGGESTED).map((id) => ({
    label: `+ ${taxonomy.name('service', id, lang)}`,
    on: false,
    href: context.url('match', {}, toQuery(including(state, `service:${id}`))),
  }))
  return chips.length > 0 ? { label: t('matching.page.suggested'), chips } : null
}

/** Kinds of work that can be added by hand, by group; those that are there already are left out. */
export function addableServices(
  u: Understood,
  state: MatchState,
  { taxonomy }: TaxonomyView,
  context: RequestContext,
): { name: string; links: Link[] }[] {
  const there = new Set(u.services.map(({ id }) => id))
  return taxonomy.groups.map((group) => ({
    name: group.name[context.lang],
    links: taxonomy.services
      .filter((service) => service.group === group.id && !there.has(service.id))
      .map((service) => ({
        label: service.name[context.lang],
        href: context.url('match', {}, toQuery(including(state, `service:${service.id}`))),
      })),
  }))
}
