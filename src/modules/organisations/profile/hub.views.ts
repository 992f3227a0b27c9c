import type { RequestContext } from '../../../platform/http/context.js'
import { type CaseRow, saidIn } from '../../curation/index.js'
import type { FormWords } from '../forms/options.views.js'
import { nameOf } from '../names.rules.js'
import { contentOf, type Organisation } from '../organisation.types.js'
import { isAnswered, listingState } from '../state.rules.js'
import { changesView } from './changes.views.js'
import { checksOf, completenessView } from './completeness.views.js'
import { notesOn, notesWithNames } from './notes.views.js'
import type { Profile } from './sections/section.types.js'
import { sectionsOf } from './sections/sections.js'

const MOST_MISSING = 5

/** View model of `organisations/profile.hbs`: the parts of the profile, what is missing, and what waits to be sent. */
export function hubView(organisation: Organisation, last: CaseRow | null, words: FormWords) {
  const { context } = words
  const { t, url } = context
  const { record, type } = organisation
  const at = { organisation: record.id }
  const state = listingState(record, last)
  const checks = checksOf(organisation)
  const notes = notesOn(organisation, last)
  const sectionHref = (field = '') => {
    const section = sectionsOf(type).find(({ keys }) => keys.includes(field))
    return section ? url('organisations.section', { ...at, section: section.name }) : '#parts'
  }
  return {
    title: t('organisations.profile.title'),
    noindex: true,
    breadcrumbs: profileCrumbs(organisation, context),
    completeness: completenessView(organisation, context, { most: MOST_MISSING, editable: true }),
    sections: sectionsOf(type).map(({ name, keys }) => {
      const missing = checks.filter(({ section, status }) => section === name && status !== 'met')
      return {
        href: url('organisations.section', { ...at, section: name }),
        label: t(`organisations.section.${type}-${name}`),
        text: missing.map(({ key }) => t(`organisations.completeness.${key}.title`)).join(' · ') || null,
        notes: notesWithNames(
          notes.filter(({ field }) => keys.includes(field)),
          t,
        ),
        icon: missing.length === 0 ? ('met' as const) : ('unknown' as const),
      }
    }),
    state: t(`organisations.state.${state}`),
    noted: isAnswered(state) && last !== null,
    note: isAnswered(state) && last ? saidIn(last, context.lang) : null,
    notes: notesWithNames(notes, t).map((shown, index) => ({
      ...shown,
      href: sectionHref(notes[index]?.field),
    })),
    changes: changesIn(organisation, words),
    isNew: record.published === null,
    differs: record.working !== null,
    waits: state.endsWith('waiting') ? t('organisations.changes.waits') : null,
    version: record.version,
    action: url('organisations.send', at),
    previewHref: url('organisations.preview', at),
  }
}

function changesIn({ record }: Organisation, words: FormWords) {
  if (record.published === null || record.working === null) return []
  return changesView(record.published, contentOf<Profile>(record), words)
}

/** The way to a page of the profile. */
export function profileCrumbs(organisation: Organisation, { t, url, lang }: RequestContext, here?: string) {
  const at = { organisation: organisation.record.id }
  const profile = { href: url('organisations.profile', at), label: t('organisations.profile.title') }
  return {
    links: [
      { href: url('organisations.show', at), label: nameOf(organisation, lang).text },
      ...(here === undefined ? [] : [profile]),
    ],
    here: here ?? profile.label,
  }
}
