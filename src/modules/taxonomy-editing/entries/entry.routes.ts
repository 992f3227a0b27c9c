import type { Request, Response } from 'express'
import { type FieldError, NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import type { TypedValues } from '../../../platform/views/models/form.js'
import type { TaxonomyRepository, TaxonomyView, TermKind } from '../../taxonomy/index.js'
import { entryOf, idsOf } from '../acts/acts.rules.js'
import type { Act, Entry } from '../acts/acts.types.js'
import type { TaxonomyEditing } from '../drafts/editing.service.js'
import type { TaxonomyUses } from '../uses/uses.repository.js'
import { endForm, entryForm, entryFrom, freeId, groupKnown, kindParam, typedEntry } from './entry.schemas.js'
import { endView, entryView } from './entry.views.js'

export interface EntryPageDeps {
  taxonomy(): TaxonomyView
  taxonomies: TaxonomyRepository
  uses: TaxonomyUses
  editing: TaxonomyEditing
}

type Route =
  | 'admin.taxonomy-new'
  | 'admin.taxonomy-add'
  | 'admin.taxonomy-entry'
  | 'admin.taxonomy-change'
  | 'admin.taxonomy-end'
  | 'admin.taxonomy-end-draft'

/** What a form was sent with, and what is wrong with it. */
interface Sent {
  typed: TypedValues
  errors: readonly FieldError[]
}

/** Forms of one entry. What they send becomes a draft, whose effect is looked at before it counts. */
export function entryPages({ taxonomy, taxonomies, uses, editing }: EntryPageDeps): Record<Route, Handler> {
  return {
    'admin.taxonomy-new': async (req, res) => showEntry(res, kindOf(req), null, await fromDraft(req, res)),
    'admin.taxonomy-add': async (req, res) => saveEntry(req, res, kindOf(req), null),
    'admin.taxonomy-entry': async (req, res) => showEntry(res, kindOf(req), entryAt(req), await fromDraft(req, res)),
    'admin.taxonomy-change': async (req, res) => saveEntry(req, res, kindOf(req), entryAt(req)),
    'admin.taxonomy-end': (req, res) => showEnd(res, kindOf(req), entryAt(req)),
    'admin.taxonomy-end-draft': async (req, res) => {
      const kind = kindOf(req)
      const entry = entryAt(req)
      const form = readForm(endForm, req)
      if (!form.ok) return showEnd(res, kind, entry, { typed: req.body, errors: form.errors })
      const { way, successor = null, version } = form.value
      const wrong = (code: string) =>
        showEnd(res, kind, entry, { typed: req.body, errors: [{ field: 'successor', code }] })
      if (successor !== null && (successor === entry.id || !entryOf(taxonomy().taxonomy, kind, successor)))
        return wrong('unknownTerm')
      if (way === 'retire') return keep(res, { act: 'retire', kind, id: entry.id, successor }, version, wrong)
      if (successor === null) return wrong('required')
      return keep(res, { act: 'merge', kind, id: entry.id, successor }, version, wrong)
    },
  }

  function entryAt(req: Request): Entry {
    const id = String(req.params.entry)
    const entry = entryOf(taxonomy().taxonomy, kindOf(req), id)
    if (!entry) throw new NotFound('entry', id)
    return entry
  }

  /** What was typed before, when somebody comes back from the preview. */
  async function fromDraft(req: Request, res: Response): Promise<Sent | undefined> {
    const { actor, park } = contextOf(res)
    const id = req.query.draft
    if (typeof id !== 'string') return undefined
    const { act } = (await editing.preview(actor, park, id)).draft
    if (act.act === 'add') return { typed: typedEntry(act.entry), errors: [] }
    return act.act === 'change' ? { typed: typedEntry(act.to), errors: [] } : undefined
  }

  async function saveEntry(req: Request, res: Response, kind: TermKind, now: Entry | null) {
    const { park } = contextOf(res)
    const form = readForm(entryForm, req)
    const errors = form.ok ? [] : [...form.errors]
    if (kind === 'service' && !groupKnown(taxonomy().taxonomy, String(req.body.group ?? '')))
      errors.push({ field: 'group', code: 'required' })
    if (!form.ok || errors.length > 0) return showEntry(res, kind, now, { typed: req.body, errors })
    const { version } = form.value
    const base = now && (await taxonomies.version(park.id, version))
    const from = now && ((base && entryOf(base.taxonomy, kind, now.id)) ?? now)
    const to = entryFrom(form.value, kind, from)
    const act: Act = from
      ? { act: 'change', kind, from, to }
      : { act: 'add', kind, entry: { ...to, id: freeId(to.id, idsOf(taxonomy().taxonomy, kind)) } }
    return keep(res, act, version, (code) =>
      showEntry(res, kind, now, { typed: req.body, errors: [{ field: 'nameVi', code }] }),
    )
  }

  async function keep(res: Response, act: Act, version: number, refuse: (code: string) => unknown) {
    const { actor, park, url } = contextOf(res)
    const kept = await editing.draft(actor, park, act, version)
    if (!kept.ok) return refuse(kept.reason)
    return res.redirect(303, url('admin.taxonomy-draft', { draft: kept.id }))
  }

  function showEntry(res: Response, kind: TermKind, entry: Entry | null, sent?: Sent) {
    const context = contextOf(res)
    const form = sent ?? { typed: entry ? typedEntry(entry) : {}, errors: [] }
    const view = entryView({ taxonomy: taxonomy().taxonomy, kind, entry, form }, context)
    return render(res, 'admin/taxonomy-entry', view, { status: form.errors.length > 0 ? 422 : 200 })
  }

  async function showEnd(res: Response, kind: TermKind, entry: Entry, sent?: Sent) {
    const context = contextOf(res)
    const form = sent ?? { typed: { way: 'merge' }, errors: [] }
    const counted = await uses.count(context.park.id, kind, entry.id)
    const view = endView({ taxonomy: taxonomy().taxonomy, kind, entry, form, uses: counted }, context)
    return render(res, 'admin/taxonomy-end', view, { status: form.errors.length > 0 ? 422 : 200 })
  }
}

function kindOf(req: Request): TermKind {
  const kind = kindParam.safeParse(req.params.kind)
  if (!kind.success) throw new NotFound('kind', String(req.params.kind))
  return kind.data
}
