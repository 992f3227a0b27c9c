import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate, formatNumber } from '../../../platform/i18n/formats.js'
import { LISTS_OTHERS } from '../ranking/service-fit.rules.js'
import type { Weights, WeightsVersion } from '../ranking/weights.js'
import { refusalCosts, shares } from './shares.rules.js'

const NEVER = ['paid', 'featured', 'size', 'clicks'] as const

/** View model of `match/ranking.hbs`: how firms are ranked, by the weights in force. `meaning`: whether meanings are compared, too. */
export function rankingView(weights: WeightsVersion, context: RequestContext, meaning = false) {
  const { t, url, lang, park } = context
  const percent = (share: number) => formatNumber(lang, Math.round(share * 1000) / 10)
  return {
    title: t('weighing.public.title'),
    description: t('weighing.public.lead'),
    lead: t('weighing.public.lead'),
    caption: t('weighing.public.counts'),
    shares: shares(weights).map((share) => ({
      name: t(`weighing.public.what.${share.name}.name`),
      text: t(`weighing.public.what.${share.name}.text`),
      value: `${formatNumber(lang, share.percent)}%`,
    })),
    parts: parts(weights, percent, meaning).map(({ name, sentences }) => ({
      heading: t(`weighing.public.${name}.title`),
      sentences: sentences.map(([key, params]) => t(`weighing.public.${name}.${key}`, params)),
    })),
    never: [...NEVER, weights.newcomer.days > 0 ? 'firstButNew' : 'first'].map((name) =>
      t(`weighing.public.never.${name}`),
    ),
    version: t('weighing.public.version', {
      version: weights.version,
      date: formatDate(lang, weights.since, park.timeZone),
    }),
    matchHref: url('match'),
  }
}

type Sentence = [key: string, params?: Record<string, string>]

function parts(
  weights: Weights,
  percent: (share: number) => string,
  meaning: boolean,
): { name: string; sentences: Sentence[] }[] {
  const { value, service, textAlone, textOfOthers, field, speciality, evidence, budgetTolerance } = weights
  return [
    {
      name: 'answers',
      sentences: [
        ['partly', { partly: percent(value.partly) }],
        [
          'work',
          {
            beside: percent(service.beside),
            mentioned: percent(service.mentioned),
            mentionedBeside: percent(service.mentioned * LISTS_OTHERS),
          },
        ],
        ...(budgetTolerance > 0 ? [['budget', { tolerance: percent(budgetTolerance) }] satisfies Sentence] : []),
      ],
    },
    { name: 'unknown', sentences: [['counts', { unknown: percent(value.unknown) }], ['fill']] },
    { name: 'musts', sentences: [['breaks'], ['silent']] },
    {
      name: 'words',
      sentences: [
        ['alone', { alone: percent(textAlone) }],
        [
          'plank',
          {
            close: percent(evidence.close),
            otherTrade: percent(evidence.otherTrade),
            loose: percent(evidence.loose),
          },
        ],
        ['denied'],
        ['refused', { points: percent(refusalCosts(weights)) }],
        ['others', { others: percent(textOfOthers) }],
        ...(field > 0 ? [['field', { field: percent(field) }] satisfies Sentence] : []),
        ...(speciality > 0
          ? [['speciality', { share: percent(speciality / (1 + speciality)) }] satisfies Sentence]
          : []),
      ],
    },
    ...turnsPart(weights, percent),
    ...(meaning && weights.meaning > 0
      ? [
          {
            name: 'meaning',
            sentences: [['counts', { share: percent(weights.meaning) }], ['sent']] satisfies Sentence[],
          },
        ]
      : []),
    { name: 'nobody', sentences: [['says']] },
  ]
}

/** What moves firms whose scores hardly differ; points are those of a hundred that a score can have. */
function turnsPart(weights: Weights, points: (share: number) => string): { name: string; sentences: Sentence[] }[] {
  const { stepBack } = weights
  const moved = turns(weights, points)
  const sentences: Sentence[] = [
    ...moved,
    ...(moved.length > 0 ? [['never'] satisfies Sentence] : []),
    ...(stepBack > 0 ? [['stepBack', { points: points(stepBack) }] satisfies Sentence] : []),
  ]
  return sentences.length > 0 ? [{ name: 'turns', sentences }] : []
}

function turns({ spread, newcomer }: Weights, points: (share: number) => string): Sentence[] {
  const { days, reach, within } = newcomer
  const place: Sentence = ['newcomer', { days: `${days}`, reach: `${reach}`, within: points(within) }]
  return [
    ...(spread.nearTie > 0 ? [['nearTie', { points: points(spread.nearTie) }] satisfies Sentence] : []),
    ...(spread.variety > 0 ? [['variety', { points: points(spread.variety) }] satisfies Sentence] : []),
    ...(days > 0 ? [place] : []),
  ]
}
