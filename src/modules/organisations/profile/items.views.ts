import type { FieldNote } from '../../curation/index.js'
import type { FormWords } from '../forms/options.views.js'
import { contentOf, type Organisation } from '../organisation.types.js'
import { profileCrumbs } from './hub.views.js'
import { notesWithNames } from './notes.views.js'
import type { ItemSection, Profile } from './sections/section.types.js'

/** View model of `organisations/items.hbs`: a part of the profile that is a list. */
export function itemsView(
  organisation: Organisation,
  section: ItemSection<Profile>,
  notes: readonly FieldNote[],
  words: FormWords,
) {
  const { t, url } = words.context
  const { record, type } = organisation
  const at = { organisation: record.id, section: section.name }
  const heading = t(`organisations.section.${type}-${section.name}`)
  const summaries = section.summaries(contentOf<Profile>(record), words)
  return {
    title: heading,
    noindex: true,
    breadcrumbs: profileCrumbs(organisation, words.context, heading),
    heading,
    lead: t(`organisations.sectionLead.${type}-${section.name}`),
    notes: notesWithNames(notes, t),
    rows: summaries.map(({ title, facts }, index) => ({
      href: url('organisations.item', { ...at, item: index }),
      title,
      facts,
    })),
    none: t(`organisations.items.${section.name}.none`),
    add:
      summaries.length < section.most
        ? {
            href: url('organisations.item', { ...at, item: 'new' }),
            label: t(`organisations.items.${section.name}.add`),
          }
        : null,
    backHref: url('organisations.profile', { organisation: record.id }),
  }
}
