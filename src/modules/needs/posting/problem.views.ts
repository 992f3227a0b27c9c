import type { RequestContext } from '../../../platform/http/context.js'
import { fieldView } from '../../../platform/views/models/form.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { type Drafts, titleFrom } from './drafts.rules.js'
import { PROBLEM_LENGTH } from './steps.schemas.js'
import { type FormState, stepFrame } from './steps.views.js'

interface ProblemPage extends FormState {
  taxonomy: TaxonomyView
  /** Null for a new need. */
  draftId: string | null
  /** Others being written, to go on with. */
  drafts: Drafts
  /** Whether the visitor came with a draft that is no longer there. */
  lost: boolean
}

/** View model of `needs/new/problem.hbs`: one question, one box. */
export function problemView({ typed, errors, taxonomy, draftId, drafts, lost }: ProblemPage, context: RequestContext) {
  const { t, url } = context
  const problem = fieldView(
    {
      name: 'problem',
      label: t('needs.new.problem.label'),
      hint: t('needs.new.problem.hint'),
      type: 'textarea',
      maxlength: PROBLEM_LENGTH,
      placeholder: t('needs.new.problem.placeholder'),
    },
    typed,
    errors,
    t,
  )
  return {
    ...stepFrame('problem', draftId, context, { fields: [problem], errors }),
    description: t('needs.new.description'),
    problem,
    // Work and trade chosen on the page before; one that there is not would only be refused again.
    services: [typed.services ?? []].flat().filter((id) => typeof id === 'string' && taxonomy.service(id)),
    sector: typeof typed.sector === 'string' && taxonomy.sector(typed.sector) ? typed.sector : null,
    lost: lost ? t(problem.value ? 'needs.new.lost.withText' : 'needs.new.lost.without') : null,
    open: draftId
      ? []
      : Object.entries(drafts.open).map(([draft, { problem: written }]) => ({
          href: url('needs.step', { draft, step: 'details' }),
          label: titleFrom(written.problem),
        })),
  }
}
