import type { RequestContext } from '../../../platform/http/context.js'
import type { Reason } from '../../../platform/views/models/lists.js'
import {
  businessChecks,
  type CompletenessCheck,
  missingFrom,
  percentOf,
  providerChecks,
} from '../../summaries/index.js'
import { contentOf, type Organisation } from '../organisation.types.js'

/** View model of `organisations/_completeness.hbs`. */
export interface CompletenessView {
  /** "Hồ sơ đã đầy 64%" */
  heading: string
  percent: number
  planks: readonly Pick<Reason, 'status' | 'weight'>[]
  /** What would do most now, with the reason why; empty when nothing is missing. */
  missing: readonly { title: string; why: string; href: string | null; partly: boolean }[]
}

export function completenessView(
  organisation: Organisation,
  { t, url }: RequestContext,
  { most, editable }: { most: number; editable: boolean },
): CompletenessView {
  const checks = checksOf(organisation)
  const percent = percentOf(checks)
  const { id } = organisation.record
  return {
    heading: t('organisations.completeness.heading', { percent }),
    percent,
    planks: [...checks].sort((a, b) => b.weight - a.weight).map(({ status, weight }) => ({ status, weight })),
    missing: missingFrom(checks)
      .slice(0, most)
      .map(({ key, section, status }) => ({
        title: t(`organisations.completeness.${key}.title`),
        why: t(`organisations.completeness.${key}.why`),
        href: editable ? url('organisations.section', { organisation: id, section }) : null,
        partly: status === 'partly',
      })),
  }
}

/** All that counts in a profile of its type. */
export function checksOf(organisation: Organisation): CompletenessCheck[] {
  return organisation.type === 'provider'
    ? providerChecks(contentOf(organisation.record))
    : businessChecks(contentOf(organisation.record))
}
