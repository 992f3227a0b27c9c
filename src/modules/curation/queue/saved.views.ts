import type { RequestContext } from '../../../platform/http/context.js'
import { fieldView } from '../../../platform/views/models/form.js'
import type { SavedViewRow } from '../desk/desk.model.js'
import type { CaseForm } from '../subjects.types.js'
import { addressOf, type QueueView, sameView } from './view.rules.js'

interface Saved {
  saved: readonly SavedViewRow[]
  view: QueueView
  form: CaseForm
}

/** The reader's own views, to go to, to add to and to drop. View model of `partials/saved-views.hbs`. */
export function savedViews({ saved, view, form }: Saved, { t, url }: RequestContext) {
  const links = saved.map((one) => ({
    href: url('admin.queue', {}, addressOf(one)),
    name: one.name,
    current: sameView(one, view),
    drop: url('admin.drop-view', { view: one._id }),
  }))
  return {
    links,
    open: form.errors.length > 0,
    action: url('admin.save-view', {}, addressOf(view)),
    field: fieldView({ name: 'name', label: t('queue.views.name'), maxlength: 40 }, form.typed, form.errors, t),
  }
}
