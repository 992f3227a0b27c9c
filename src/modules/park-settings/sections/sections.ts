import { NotFound } from '../../../kernel/errors.js'
import { contactsSection } from './contacts.section.js'
import { factsSection } from './facts.section.js'
import { logoSection } from './logo.section.js'
import { nameSection } from './name.section.js'
import { PAGE_SECTIONS } from './page.section.js'
import { placeSection } from './place.section.js'
import { rulesSection } from './rules.section.js'
import type { Section } from './section.types.js'
import { zonesSection } from './zones.section.js'

export const SECTIONS: readonly Section[] = [
  nameSection,
  logoSection,
  placeSection,
  contactsSection,
  zonesSection,
  factsSection,
  ...PAGE_SECTIONS,
  rulesSection,
]

/** @throws {NotFound} for a name that no section has. */
export function sectionNamed(name: string): Section {
  const section = SECTIONS.find((one) => one.name === name)
  if (!section) throw new NotFound('part of the settings', name)
  return section
}
