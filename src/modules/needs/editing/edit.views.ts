import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, type FieldView, fieldView, withNote } from '../../../platform/views/models/form.js'
import { saidIn } from '../../curation/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { NeedContent } from '../needs.schemas.js'
import type { NeedRecord } from '../needs.search.js'
import type { CuratorAnswer } from '../own-needs.service.js'
import { detailFields } from '../posting/details.views.js'
import { LENGTHS, PROBLEM_LENGTH } from '../posting/steps.schemas.js'
import type { FormState } from '../posting/steps.views.js'
import { draftOf } from './edit.rules.js'

interface EditPage extends FormState {
  need: NeedRecord
  content: NeedContent
  taxonomy: TaxonomyView
  /** What a curator wrote who sent it back. */
  answer: CuratorAnswer | null
  /** Why what was just sent was not taken. */
  warning: string | null
  action: string
  /** The need's own page. */
  page: string
}

/** View model of `needs/edit.hbs`: a need that was sent before, all of it on one page. */
export function editView(edit: EditPage, context: RequestContext) {
  const { need, content, typed, errors, answer, warning, action, page } = edit
  const { t, lang } = context
  const notes = answer?.state === 'sent-back' ? (answer.fieldNotes ?? []) : []
  const noted = (field: FieldView): FieldView => {
    const found = notes.find((one) => one.field === field.name)
    return found ? withNote(field, found.note) : field
  }
  const { services, main, more, moreOpen } = detailFields({ ...edit, draft: draftOf(content) }, context)
  const details = {
    services: { ...services, field: noted(services.field) },
    main: main.map(noted),
    more: more.map(noted),
    moreOpen: moreOpen || more.some(({ name }) => notes.some(({ field }) => field === name)),
  }
  const story = [
    fieldView({ name: 'title', label: t('needs.edit.name'), maxlength: LENGTHS.title }, typed, errors, t),
    fieldView(
      { name: 'problem', label: t('needs.edit.problem'), type: 'textarea', maxlength: PROBLEM_LENGTH },
      typed,
      errors,
      t,
    ),
  ].map(noted)
  const fields = [...story, details.services.field, ...details.main, ...details.more]
  const title = t('needs.edit.title')
  return {
    title: errors.length > 0 ? t('needs.new.wrong', { title }) : title,
    noindex: true,
    crumbs: { links: [{ href: page, label: t('needs.follow.title') }], here: title },
    lead: t(`needs.edit.lead.${need.status === 'published' ? 'published' : 'waiting'}`),
    note: answer && saidIn(answer, lang),
    noted: notes.length > 0,
    warning,
    errors: errorSummaryView(fields, errors, t),
    story,
    ...details,
    action,
    expect: need.version,
    page,
  }
}
