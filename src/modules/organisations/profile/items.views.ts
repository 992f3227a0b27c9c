import type { FieldNote } from '../../curation/index.js'
import type { FormWords } from '../forms/options.views.js'
import { contentOf, type Organisation } from '../organisation.types.js'
import type { EditorPlace } from './editor.types.js'
import { notesWithNames } from './notes.views.js'
import type { ItemSection, Profile } from './sections/section.types.js'

/** View model of `organisations/items.hbs`: a part of the profile that is a list. */
export function itemsView(
  { organisation, place, notes }: { organisation: Organisation; place: EditorPlace; notes: readonly FieldNote[] },
  section: ItemSection<Profile>,
  words: FormWords,
) {
  const { t } = words.context
  const { record, type } = organisation
  const heading = t(`organisations.section.${type}-${section.name}`)
  const summaries = section.summaries(contentOf<Profile>(record), words)
  return {
    title: heading,
    noindex: true,
    nav: place.nav,
    breadcrumbs: place.crumbs(heading),
    heading,
    lead: t(`organisations.sectionLead.${type}-${section.name}`),
    notes: notesWithNames(notes, t),
    rows: summaries.map(({ title, facts }, index) => ({
      href: place.item(section.name, index),
      title,
      facts,
    })),
    none: t(`organisations.items.${section.name}.none`),
    add:
      summaries.length < section.most
        ? {
            href: place.item(section.name, 'new'),
            label: t(`organisations.items.${section.name}.add`),
          }
        : null,
    backHref: place.hub,
  }
}
