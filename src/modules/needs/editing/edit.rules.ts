import type { PlainDate } from '../../../kernel/clock.js'
import type { FieldError } from '../../../kernel/errors.js'
import type { LocalText } from '../../../kernel/text.js'
import type { TypedValues } from '../../../platform/views/models/form.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { NeedContent } from '../needs.schemas.js'
import { typedDetails } from '../posting/details.views.js'
import { type Draft, toContent } from '../posting/drafts.rules.js'
import { detailsErrors } from '../posting/steps.rules.js'
import { BUDGET_BANDS, BUDGETS, type Correction, SAID } from '../posting/steps.schemas.js'

/** A need that was sent, as the draft it would be today: a budget that is no band stays the owner's own figure. */
export function draftOf(content: NeedContent): Draft {
  const { problem, services, sector, ward, budget, deadline, onSite, outcome, tools, mustHaves } = content
  const language = languageOf(problem)
  const band = BUDGET_BANDS.find((one) => sameRange(BUDGETS[one], budget))
  return {
    key: '',
    problem: { problem: textOf(problem) },
    suggested: {
      ...{ language, services: [], sector: null, ward: null, deadline: null, onSite: null },
      budget: budget && !band ? budget : null,
    },
    details: {
      ...{ services, sector, ward, deadline, mustHaves, tools: tools.join(', '), outcome: outcome && textOf(outcome) },
      budget: budget && (band ?? SAID),
      onSite: onSite === undefined ? undefined : onSite ? 'yes' : 'no',
    },
  }
}

/** What stands in the form at first. */
export const typedNeed = (content: NeedContent): TypedValues => ({
  ...typedDetails(draftOf(content)),
  title: textOf(content.title),
  problem: textOf(content.problem),
})

/** What is wrong with a correction that its schema cannot see. */
export const correctionErrors = (
  before: NeedContent,
  form: Correction,
  known: { taxonomy: TaxonomyView; today: PlainDate },
): FieldError[] => detailsErrors(form, draftOf(before), known)

/** The need as it was corrected. What the form does not ask for stays, and so does a text that nobody has touched, in all its languages. */
export function corrected(before: NeedContent, form: Correction): NeedContent {
  const { title, problem, expect: _, ...details } = form
  const draft = { ...draftOf(before), problem: { problem } }
  const written = toContent(draft, details, { title })
  const { anonymous, niceToHaves, visibility, maxResponders, business, sizeBand, start } = before
  return {
    ...written,
    title: untouched(before.title, title) ?? written.title,
    problem: untouched(before.problem, problem) ?? written.problem,
    ...(written.outcome && { outcome: untouched(before.outcome, form.outcome) ?? written.outcome }),
    ...{ anonymous, niceToHaves, visibility, maxResponders },
    ...(business !== undefined && { business }),
    ...(sizeBand !== undefined && { sizeBand }),
    ...(start !== undefined && { start }),
  }
}

const languageOf = (text: LocalText) => (text.vi ? 'vi' : 'en')

const textOf = (text: LocalText): string => text.vi ?? text.en ?? ''

const untouched = (before: LocalText | undefined, now: string | undefined) =>
  before && textOf(before) === now ? before : null

const sameRange = (band: { min?: number; max?: number }, budget: NeedContent['budget']) =>
  budget !== undefined && band.min === budget.min && band.max === budget.max
