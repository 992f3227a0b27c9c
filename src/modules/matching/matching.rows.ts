import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { MatchRow, Reason } from '../../platform/views/models/lists.js'
import { shownName } from '../providers/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import type { MatchAnswer, MatchedFirm } from './matching.service.js'
import { sayReason } from './reasons/sentences.js'
import type { Understood } from './understanding/understood.types.js'

/** A ranked firm as pages show it: the bridge, its reasons in words, and the way to its page. */
export function matchRow(
  firm: MatchedFirm,
  need: Understood,
  taxonomy: TaxonomyView,
  context: RequestContext,
): MatchRow {
  const { lang, t } = context
  const profile = firm.record.published
  if (!profile) throw new TypeError(`provider ${firm.record.id} is not published`)
  const href = context.url('providers.show', { slug: firm.record.slug })
  const reasons = firm.reasons.map(
    (reason): Reason => ({
      status: reason.status,
      weight: reason.weight,
      ...sayReason(reason, { lang, t, taxonomy, need, profile }),
    }),
  )
  return {
    href,
    slug: firm.record.slug,
    name: shownName(profile, lang),
    tagline: pickText(profile.tagline, lang),
    note: firm.newcomer ? t('matching.page.newcomer') : null,
    reasons,
    actions: [{ href, label: t('matching.page.seeFirm'), primary: false }],
  }
}

/** Firms shown where nobody does it: a long list would only pretend. */
const NEAREST = 3

/**
 * The firms as pages list them: those that do what is asked for. Where nobody does, the nearest, as far as anything about them fits.
 */
export function matchRows(answer: MatchAnswer, taxonomy: TaxonomyView, context: RequestContext): MatchRow[] {
  const { verdict, results, understood } = answer
  const shown = verdict === 'answered' ? results.filter(({ does }) => does) : results.filter(isNear).slice(0, NEAREST)
  return shown.map((firm) => matchRow(firm, understood, taxonomy, context))
}

const isNear = ({ reasons }: MatchedFirm) => reasons.some(({ status }) => status === 'met' || status === 'partly')
