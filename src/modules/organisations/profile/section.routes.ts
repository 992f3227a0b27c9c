import type { Request, Response } from 'express'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { CaseRepository, FieldNote } from '../../curation/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { OrganisationAccess } from '../access.service.js'
import { type FormTree, toTyped } from '../forms/tree.rules.js'
import { contentOf, type Organisation } from '../organisation.types.js'
import { LISTING_CASES } from '../state.rules.js'
import { readSent } from './form.schemas.js'
import { formView, type SectionForm } from './form.views.js'
import { itemsView } from './items.views.js'
import { notesOn } from './notes.views.js'
import type { ProfileService } from './profile.service.js'
import type { FieldSection, Profile, Section } from './sections/section.types.js'
import { sectionNamed } from './sections/sections.js'
import { seenMark } from './seen.rules.js'

export interface SectionPagesDeps {
  access: OrganisationAccess
  cases: CaseRepository
  profiles: ProfileService
  taxonomy(): TaxonomyView
}

interface At {
  req: Request
  res: Response
  organisation: Organisation
  /** What curators wrote at the fields of the part. */
  notes: readonly FieldNote[]
}

/** One part of the profile, a page of its own that is saved by itself. */
export function sectionPages({
  access,
  cases,
  profiles,
  taxonomy,
}: SectionPagesDeps): Record<'organisations.section' | 'organisations.save', Handler> {
  const open = async (req: Request, res: Response): Promise<At & { section: Section<Profile> }> => {
    const { actor } = contextOf(res)
    const organisation = await access.open(actor, String(req.params.organisation), 'organisation:edit')
    const section = sectionNamed(organisation.type, String(req.params.section))
    const last = await cases.latest(organisation.record.id, LISTING_CASES)
    const notes = notesOn(organisation, last).filter(({ field }) => section.keys.includes(field))
    return { req, res, organisation, notes, section }
  }

  const show = (
    { res, organisation, notes }: At,
    section: FieldSection<Profile>,
    form: SectionForm,
    { status = 200, more = null }: { status?: number; more?: string | null } = {},
  ) => {
    const context = contextOf(res)
    const words = { context, taxonomy: taxonomy() }
    const at = { organisation: organisation.record.id }
    const page = {
      organisation,
      form,
      parts: (state: { typed: SectionForm['typed']; errors: SectionForm['errors'] }) =>
        section.parts(state, words, more),
      action: context.url('organisations.save', { ...at, section: section.name }),
      heading: context.t(`organisations.section.${organisation.type}-${section.name}`),
      lead: context.t(`organisations.sectionLead.${organisation.type}-${section.name}`),
      backHref: context.url('organisations.profile', at),
      above: null,
      notes,
      item: null,
    }
    render(res, 'organisations/section', formView(page, words), { status })
  }

  return {
    'organisations.section': async (req, res) => {
      const { section, ...at } = await open(req, res)
      if (section.kind === 'items') {
        const words = { context: contextOf(res), taxonomy: taxonomy() }
        return render(res, 'organisations/items', itemsView(at.organisation, section, at.notes, words))
      }
      const tree = section.read(contentOf<Profile>(at.organisation.record))
      return show(at, section, { typed: toTyped(tree), errors: [], seen: seenMark(tree), meanwhile: null })
    },
    'organisations.save': async (req, res) => {
      const { section, ...at } = await open(req, res)
      const context = contextOf(res)
      const here = { organisation: at.organisation.record.id }
      if (section.kind === 'items')
        return res.redirect(303, context.url('organisations.section', { ...here, section: section.name }))
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
      const result = await profiles.save(personOf(context), here.organisation, edit, agreement)
      if (!result.ok && result.reason === 'no-consent')
        return show(at, section, { ...form, errors: [{ field: 'consent', code: 'contactsConsent' }] }, { status: 422 })
      if (!result.ok) return show(at, section, { ...form, seen: seenMark(now), meanwhile: now }, { status: 409 })
      giveNotice(req, result.changed ? 'organisations.form.saved' : 'organisations.form.same')
      return res.redirect(303, context.url('organisations.profile', here))
    },
  }
}
