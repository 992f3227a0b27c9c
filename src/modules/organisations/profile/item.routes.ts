import type { Request, Response } from 'express'
import { NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import type { FieldNote } from '../../curation/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { type FormTree, toTyped } from '../forms/tree.rules.js'
import { contentOf, type Organisation } from '../organisation.types.js'
import type { EditorPlace, ProfileEditor } from './editor.types.js'
import { readSent } from './form.schemas.js'
import { formView, type SectionForm } from './form.views.js'
import type { ProfileEdit } from './profile.service.js'
import type { ItemSection, Profile } from './sections/section.types.js'
import { sectionNamed } from './sections/sections.js'
import { seenMark, whereNow } from './seen.rules.js'

export interface ItemPagesDeps {
  editor: ProfileEditor
  taxonomy(): TaxonomyView
}

/** Where an item stands in its list; null for one that is to be added. */
type Place = number | null

interface At {
  req: Request
  res: Response
  organisation: Organisation
  section: ItemSection<Profile>
  place: Place
  around: EditorPlace
  /** What curators wrote at the list. */
  notes: readonly FieldNote[]
}

/** One item of a part of the profile that is a list: a service, a case, an offer. */
export function itemPages({ editor, taxonomy }: ItemPagesDeps): Record<'show' | 'save', Handler> {
  return {
    show: async (req, res) => {
      const at = await open(req, res)
      const tree = at.place === null ? {} : at.section.read(contentOf<Profile>(at.organisation.record))[at.place]
      if (!tree) throw new NotFound('item', String(req.params.item))
      show(at, { typed: toTyped(tree), errors: [], seen: at.place === null ? '' : seenMark(tree), meanwhile: null })
    },
    save: async (req, res) => {
      const at = await open(req, res)
      const { tree, seen, act } = readSent(req)
      if (act === 'remove' || act === 'first') return move(at, seen, act)
      return save(at, tree, seen)
    },
  }

  async function open(req: Request, res: Response): Promise<At> {
    const organisation = await editor.open(req, res)
    const section = sectionNamed(organisation.type, String(req.params.section))
    const item = String(req.params.item)
    if (section.kind !== 'items' || !/^(new|\d{1,3})$/.test(item)) throw new NotFound('item', item)
    const notes = (await editor.notes(organisation)).filter(({ field }) => section.keys.includes(field))
    const around = editor.place(organisation, req, res)
    return { req, res, organisation, section, notes, around, place: item === 'new' ? null : Number(item) }
  }

  async function save(at: At, tree: FormTree, seen: string) {
    const { req, res, section, place } = at
    const context = contextOf(res)
    const words = { context, taxonomy: taxonomy() }
    const form: SectionForm = { typed: toTyped(tree), errors: [], seen, meanwhile: null }
    const others = section.read(contentOf<Profile>(at.organisation.record))
    const own = place === null ? -1 : whereNow(others, place, seen)
    const parsed = section.parse(
      tree,
      words,
      others.filter((_, i) => i !== (own < 0 ? place : own)),
    )
    if (!parsed.ok) return show(at, { ...form, errors: parsed.errors }, 422)
    let now: FormTree[] = []
    const result = await keep(at, (profile) => {
      now = section.read(profile)
      if (place === null) return now.length < section.most ? parsed.apply(profile, null) : null
      const index = whereNow(now, place, seen)
      return index < 0 ? null : parsed.apply(profile, index)
    })
    if (result.ok) return done(at, result.changed ? 'organisations.form.saved' : 'organisations.form.same')
    if (place !== null) {
      const theirs = now[place]
      // Taken out meanwhile: saved again, what was typed is added anew.
      if (!theirs) return show({ ...at, place: null }, { ...form, seen: '', meanwhile: {} }, 409)
      return show(at, { ...form, seen: seenMark(theirs), meanwhile: theirs }, 409)
    }
    giveNotice(req, 'organisations.form.full', { most: section.most })
    return res.redirect(303, listOf(at))
  }

  async function move(at: At, seen: string, act: 'remove' | 'first') {
    const { section, place, res } = at
    if (place === null) return res.redirect(303, listOf(at))
    const result = await keep(at, (profile) => {
      const index = whereNow(section.read(profile), place, seen)
      if (index < 0) return null
      return act === 'remove' ? section.without(profile, index) : section.first(profile, index)
    })
    if (!result.ok) return done(at, 'organisations.form.movedMeanwhile')
    return done(at, act === 'remove' ? 'organisations.form.removed' : 'organisations.form.first')
  }

  function done(at: At, notice: string) {
    giveNotice(at.req, notice)
    at.res.redirect(303, listOf(at))
  }

  function keep({ req, res, organisation, section }: At, edit: ProfileEdit) {
    return editor.save(organisation, edit, { req, res, section: section.name, agreement: null })
  }

  function listOf({ around, section }: At): string {
    return around.section(section.name)
  }

  function show(at: At, form: SectionForm, status = 200) {
    const { organisation, section, place, res } = at
    const context = contextOf(res)
    const words = { context, taxonomy: taxonomy() }
    const label = context.t(`organisations.section.${organisation.type}-${section.name}`)
    const key = place === null ? 'add' : 'edit'
    const page = {
      place: at.around,
      form,
      parts: (state: Pick<SectionForm, 'typed' | 'errors'>) => section.parts(state, words),
      action: at.around.item(section.name, place ?? 'new'),
      heading: context.t(`organisations.items.${section.name}.${key}`),
      lead: null,
      notes: at.notes,
      backHref: listOf(at),
      above: { href: listOf(at), label },
      item: place === null ? null : { remove: true, first: section.ordered && place > 0 },
    }
    render(res, 'organisations/section', formView(page, words), { status })
  }
}
