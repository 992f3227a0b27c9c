import type { RequestContext } from '../../platform/http/context.js'
import { formatDate, formatNumber } from '../../platform/i18n/formats.js'
import type { WeightsRow } from '../matching/index.js'
import { WEIGHT_FIELDS, type WeightField } from './form/weight-fields.js'
import type { ShownWeights } from './form/weight-values.js'

/** Who is meant by an opaque id. */
export type Who = (id: string) => string

/** How a figure is called. */
export const fieldName = ({ path }: WeightField, { t }: RequestContext): string => t(`weighing.fields.${path}.name`)

/** What raising it does. */
export const fieldDoes = ({ path }: WeightField, { t }: RequestContext): string => t(`weighing.fields.${path}.does`)

/** `60`, `65%` or `60 days`. */
export function figureWords({ unit }: WeightField, figure: number, { lang, t }: RequestContext): string {
  if (unit === 'days') return t('weighing.days', { count: figure })
  return unit === 'percent' ? `${formatNumber(lang, figure)}%` : formatNumber(lang, figure)
}

/** A figure that differs between two versions, in words. */
export interface FigureChange {
  label: string
  before: string
  after: string
}

export const figureChanges = (before: ShownWeights, after: ShownWeights, context: RequestContext): FigureChange[] =>
  WEIGHT_FIELDS.flatMap((field) => {
    const [old, now] = [before[field.path], after[field.path]]
    if (old === undefined || now === undefined || old === now) return []
    const [oldWords, nowWords] = [old, now].map((figure) => figureWords(field, figure, context)) as [string, string]
    return [{ label: fieldName(field, context), before: oldWords, after: nowWords }]
  })

/** Since when a version stands and who made it. */
export function madeFacts({ at, by, restored }: WeightsRow, who: Who, { t, lang, park }: RequestContext): string[] {
  return [
    formatDate(lang, at, park.timeZone),
    by === undefined ? t('weighing.versions.shipped') : who(by),
    ...(restored ? [t('weighing.versions.restored', { version: restored })] : []),
  ]
}
