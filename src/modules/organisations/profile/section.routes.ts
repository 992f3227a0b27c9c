import type { Request, Response } from 'express'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import type { FieldNote } from '../../curation/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { Part } from '../forms/parts.views.js'
import { type FormTree, toTyped } from '../forms/tree.rules.js'
import { contentOf, type Organisation } from '../organisation.types.js'
import type { EditorPlace, ProfileEditor } from './editor.types.js'
import { readSent } from './form.schemas.js'
import { formView, type SectionForm } from './form.views.js'
import { itemsView } from './items.views.js'
import type { FieldSection, Profile, Section } from './sections/section.types.js'
import { sectionNamed } from './sections/sections.js'
import { seenMark } from './seen.rules.js'

export interface SectionPagesDeps {
  editor: ProfileEditor
  taxonomy(): TaxonomyView
}

interface At {
  req: Request
  res: Response
  organisation: Organisation
  place: EditorPlace
  /** What curators wrote at the fields of the part. */
  notes: readonly FieldNote[]
}

/** One part of the profile, a page of its own that is saved by itself. */
export function sectionPages({ editor, taxonomy }: SectionPagesDeps): Record<'show' | 'save', Handler> {
  const open = async (req: Request, res: Response): Promise<At & { section: Section<Profile> }> => {
    const organisation = await editor.open(req, res)
    const section = sectionNamed(organisation.type, String(req.params.section))
    const notes = (await editor.notes(organisation)).filter(({ field }) => section.keys.includes(field))
    return { req, res, organisation, place: editor.place(organisation, req, res), notes, section }
  }

  const show = (
    { res, organisation, place, notes }: At,
    section: FieldSection<Profile>,
    form: SectionForm,
    { status = 200, more = null }: { status?: number; more?: string | null } = {},
  ) => {
    const context = contextOf(res)
    const words = { context, taxonomy: taxonomy() }
    const page = {
      place,
      form,
      parts: (state: { typed: SectionForm['typed']; errors: SectionForm['errors'] }) =>
        section.parts(state, words, more).filter((part) => place.asksConsent || !isConsent(part)),
      action: place.section(section.name),
      heading: context.t(`organisations.section.${organisation.type}-${section.name}`),
      lead: context.t(`organisations.sectionLead.${organisation.type}-${section.name}`),
      backHref: place.hub,
      above: null,
      notes,
      item: null,
    }
    render(res, 'organisations/section', formView(page, words), { status })
  }

  return {
    show: async (req, res) => {
      const { section, ...at } = await open(req, res)
      if (section.kind === 'items') {
        const words = { context: contextOf(res), taxonomy: taxonomy() }
        return render(res, 'organisations/items', itemsView(at, section, words))
      }
      const tree = section.read(contentOf<Profile>(at.organisation.record))
      return show(at, section, { typed: toTyped(tree), errors: [], seen: seenMark(tree), meanwhile: null })
    },
    save: async (req, res) => {
      const { section, ...at } = await open(req, res)
      const context = contextOf(res)
      if (section.kind === 'items') return res.redirect(303, at.place.section(section.name))
      const { tree, seen, act } = readSent(req)
      // Consent is asked anew each time: it is no part of what the form keeps.
      const { consent, ...rest } = tree
      const fields = section.agreement ? rest : tree
      const form: SectionForm = { typed: toTyped(fields), errors: [], seen, meanwhile: null }
      if (act.startsWith('more-')) return show(at, section, form, { more: act.slice(5) })
      const parsed = section.parse(fields, { context, taxonomy: taxonomy() })
      if (!parsed.ok) return show(at, section, { ...form, errors: parsed.errors }, { status: 422 })
      let now: FormTree = {}
      const agreement = section.agreement && { ...section.agreement, given: consent === 'on', lang: context.lang }
      const edit = (profile: Profile) => {
        now = section.read(profile)
        return seenMark(now) === seen ? parsed.apply(profile) : null
      }
      const result = await editor.save(at.organisation, edit, { req, res, section: section.name, agreement })
      if (!result.ok && result.reason === 'no-consent')
        return show(at, section, { ...form, errors: [{ field: 'consent', code: 'contactsConsent' }] }, { status: 422 })
      if (!result.ok) return show(at, section, { ...form, seen: seenMark(now), meanwhile: now }, { status: 409 })
      giveNotice(req, result.changed ? 'organisations.form.saved' : 'organisations.form.same')
      return res.redirect(303, at.place.hub)
    },
  }
}

const isConsent = (part: Part) => part.kind === 'field' && part.field.name === 'consent'
