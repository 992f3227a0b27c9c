import type { ShownText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatNumber } from '../../../platform/i18n/formats.js'
import type { JudgedFigures } from '../../evaluation/index.js'
import { shown } from '../../needs/index.js'
import { type ProviderRecord, shownName } from '../../providers/index.js'
import type { Effect } from './effect.service.js'
import { FIRST, type NeedMoves } from './live-needs.js'
import type { Move } from './moves.rules.js'

/** View model of `admin/_matching-effect.hbs`. */
export interface EffectView {
  live: string
  needs: {
    href: string
    title: ShownText
    nobody: string | null
    moves: { name: ShownText | string; words: string }[]
  }[]
  judged: { text: string; head: string[]; rows: { label: string; now: string; next: string }[] } | null
  /** Said where there is nothing to judge by. */
  unjudged: string | null
  agreed: string
}

const JUDGED = ['ndcg10', 'recall10', 'nobodyPrecision', 'nobodyRecall', 'gini'] as const satisfies readonly Exclude<
  keyof JudgedFigures,
  'answers'
>[]

export function effectView({ live, firms, judged, agreed }: Effect, context: RequestContext): EffectView {
  const { t } = context
  const { tried, changed } = live
  return {
    live:
      tried === 0
        ? t('weighing.effect.noNeeds')
        : t('weighing.effect.live', { tried, changed: changed.length, first: FIRST }),
    needs: changed.map((one) => needView(one, firms, context)),
    judged: judged && {
      text: t('weighing.effect.judged', { needs: judged.needs }),
      head: [t('weighing.effect.figure'), t('weighing.effect.now'), t('weighing.effect.next')],
      rows: JUDGED.map((name) => ({
        label: t(`weighing.effect.figures.${name}`),
        now: figureWords(judged.now[name], context),
        next: figureWords(judged.next[name], context),
      })),
    },
    unjudged: judged ? null : t('weighing.effect.unjudged'),
    agreed:
      agreed.tried === 0 ? t('weighing.effect.noneAgreed') : t('weighing.effect.agreed', { ...agreed, first: FIRST }),
  }
}

function needView({ need, moves, nobody }: NeedMoves, firms: Effect['firms'], context: RequestContext) {
  const { t, url } = context
  return {
    href: url('needs.show', { slug: need.slug }),
    title: shown(need.published?.title ?? {}, context),
    nobody: nobody.now === nobody.next ? null : t(nobody.next ? 'weighing.effect.nobody' : 'weighing.effect.somebody'),
    moves: moves.map((move) => ({ name: firmName(firms.get(move.id), context), words: moveWords(move, context) })),
  }
}

const firmName = (firm: ProviderRecord | undefined, { t, lang }: RequestContext): ShownText | string =>
  firm?.published ? shownName(firm.published, lang) : t('weighing.effect.unnamed')

function moveWords({ from, to }: Move, { t }: RequestContext): string {
  if (from === null) return t('weighing.effect.moves.in', { to: to ?? 0 })
  if (to === null) return t('weighing.effect.moves.out', { from })
  return t(to < from ? 'weighing.effect.moves.up' : 'weighing.effect.moves.down', { from, to })
}

/** Shares to the thousandth, as they are reported elsewhere. */
const figureWords = (value: number | null, { t, lang }: RequestContext): string =>
  value === null ? t('weighing.effect.noFigure') : `${formatNumber(lang, Math.round(value * 1000) / 10)}%`
