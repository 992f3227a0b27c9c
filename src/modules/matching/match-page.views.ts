import type { RequestContext } from '../../platform/http/context.js'
import type { ChipsView, Link } from '../../platform/views/models/lists.js'
import { wardsOf } from '../geography/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { type MatchState, toQuery } from './match-page.query.js'
import { matchRows } from './matching.rows.js'
import { MAX_TEXT } from './matching.schemas.js'
import type { MatchAnswer } from './matching.service.js'
import { addableServices, suggestedServices, understoodChips } from './understood.views.js'

const EXAMPLES = [1, 2, 3, 4]

/** The page before anything was asked, or when the text was too long. */
export function firstView(state: MatchState, context: RequestContext) {
  const { t } = context
  return {
    title: t('matching.page.title'),
    description: t('matching.page.description'),
    text: state.text,
    maxLength: MAX_TEXT,
    error: state.tooLong ? t('matching.page.tooLong', { max: MAX_TEXT }) : null,
    examples: {
      label: t('matching.page.examples'),
      chips: EXAMPLES.map((n) => {
        const text = t(`matching.page.example${n}`)
        return { label: text, href: context.url('match', {}, { text }), on: false }
      }),
    },
  }
}

/** The need as it was understood, and the firms ranked for it with their reasons. */
export function matchView(state: MatchState, answer: MatchAnswer, taxonomy: TaxonomyView, context: RequestContext) {
  const { t } = context
  const { understood, verdict } = answer
  const chips: ChipsView = understoodChips(understood, state, taxonomy, context)
  const rows = verdict === 'vague' ? [] : matchRows(answer, taxonomy, context)
  const undo: Link | null =
    state.dropped.length + state.added.length > 0
      ? { label: t('matching.page.undo'), href: context.url('match', {}, { text: state.text }) }
      : null
  return {
    title: t('matching.page.title'),
    noindex: true,
    text: state.text,
    maxLength: MAX_TEXT,
    chips: chips.chips.length > 0 ? chips : null,
    suggested: suggestedServices(understood, state, taxonomy, context),
    notWanted: notWanted(answer, taxonomy, context),
    add: addableServices(understood, state, taxonomy, context),
    hidden: hiddenFields(state),
    wards: wardsOf(context.park.province).map(({ code, name }) => ({
      code,
      name,
      chosen: code === understood.ward?.code,
    })),
    undo,
    heading: headingOf(answer, context),
    vague: verdict === 'vague',
    nobody: verdict === 'nobody',
    rows,
    more: moreLink(state, answer, context),
    // What the reader has put right he need not put right again.
    post: context.url(
      'needs.new',
      {},
      {
        text: state.text,
        service: undo ? understood.services.map(({ id }) => id) : [],
      },
    ),
    watch: context.url('alerts.new', {}, toQuery({ ...state, all: false })),
    demand: context.url('demand'),
  }
}

function headingOf({ verdict, total }: MatchAnswer, { t }: RequestContext): string {
  return verdict === 'answered' ? t('matching.page.found', { count: total }) : t(`matching.page.${verdict}`)
}

function notWanted({ understood }: MatchAnswer, taxonomy: TaxonomyView, { lang, t }: RequestContext): string | null {
  if (understood.negated.length === 0) return null
  const names = understood.negated.map((id) => taxonomy.name('service', id, lang))
  return t('matching.page.notWanted', { services: names.join(', ') })
}

/** The state as hidden fields of a form that sends by GET. */
function hiddenFields(state: MatchState): { name: string; value: string }[] {
  return [
    { name: 'text', value: state.text },
    ...state.dropped.filter((one) => one !== 'ward').map((value) => ({ name: 'drop', value })),
    ...state.added.map((value) => ({ name: 'add', value })),
  ]
}

function moreLink(state: MatchState, { verdict, results, total }: MatchAnswer, context: RequestContext): Link | null {
  if (state.all || verdict !== 'answered' || total <= results.length) return null
  return { label: context.t('matching.page.more'), href: context.url('match', {}, toQuery({ ...state, all: true })) }
}
