import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, fieldView } from '../../../platform/views/models/form.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { NeedContent } from '../needs.schemas.js'
import type { NeedRecord } from '../needs.search.js'
import { detailFields } from '../posting/details.views.js'
import { LENGTHS, PROBLEM_LENGTH } from '../posting/steps.schemas.js'
import type { FormState } from '../posting/steps.views.js'
import { draftOf } from './edit.rules.js'

interface EditPage extends FormState {
  need: NeedRecord
  content: NeedContent
  taxonomy: TaxonomyView
  /** What a curator wrote who sent it back. */
  note: string | null
  /** Why what was just sent was not taken. */
  warning: string | null
  action: string
  /** The need's own page. */
  page: string
}

/** View model of `needs/edit.hbs`: a need that was sent before, all of it on one page. */
export function editView(edit: EditPage, context: RequestContext) {
  const { need, content, typed, errors, note, warning, action, page } = edit
  const { t } = context
  const details = detailFields({ ...edit, draft: draftOf(content) }, context)
  const story = [
    fieldView({ name: 'title', label: t('needs.edit.name'), maxlength: LENGTHS.title }, typed, errors, t),
    fieldView(
      { name: 'problem', label: t('needs.edit.problem'), type: 'textarea', maxlength: PROBLEM_LENGTH },
      typed,
      errors,
      t,
    ),
  ]
  const fields = [...story, details.services.field, ...details.main, ...details.more]
  const title = t('needs.edit.title')
  return {
    title: errors.length > 0 ? t('needs.new.wrong', { title }) : title,
    noindex: true,
    crumbs: { links: [{ href: page, label: t('needs.follow.title') }], here: title },
    lead: t(`needs.edit.lead.${need.status === 'published' ? 'published' : 'waiting'}`),
    note,
    warning,
    errors: errorSummaryView(fields, errors, t),
    story,
    ...details,
    action,
    expect: need.version,
    page,
  }
}
