import type { PlainDate } from '../../../kernel/clock.js'
import type { FieldError } from '../../../kernel/errors.js'
import { wardByCode } from '../../geography/index.js'
import { type TaxonomyView, unknownTerms } from '../../taxonomy/index.js'
import type { Draft } from './drafts.rules.js'
import { type DetailsStep, type ProblemStep, SAID } from './steps.schemas.js'

/** What is wrong with a step that its schema cannot see: terms, wards and days that there are not. */
export const problemErrors = ({ sector }: ProblemStep, taxonomy: TaxonomyView): FieldError[] =>
  unknownTerms(taxonomy, { sectors: [sector] })

export function detailsErrors(
  { services, sector, ward, deadline, budget }: DetailsStep,
  { suggested }: Draft,
  { taxonomy, today }: { taxonomy: TaxonomyView; today: PlainDate },
): FieldError[] {
  return [
    ...unknownTerms(taxonomy, { services, sectors: [sector] }),
    ...(ward && !wardByCode(ward) ? [{ field: 'ward', code: 'ward' }] : []),
    ...(budget === SAID && !suggested.budget ? [{ field: 'budget', code: 'choice' }] : []),
    ...(deadline && deadline < today ? [{ field: 'deadline', code: 'past' }] : []),
  ]
}
