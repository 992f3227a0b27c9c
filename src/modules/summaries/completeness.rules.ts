import { allTexts } from '../../kernel/text.js'
import type { BusinessProfile } from '../businesses/index.js'
import type { ProviderProfile } from '../providers/index.js'

/** One thing a profile can say, and how far it does. */
export interface CompletenessCheck {
  key: string
  /** The part of the profile where it is said. */
  section: string
  status: 'met' | 'partly' | 'unknown'
  /** How much it does for being found and matched, > 0. */
  weight: number
}

type Status = CompletenessCheck['status']

/** What an owner would read: from here on a description tells enough to match by. */
const TELLING_CHARACTERS = 300

/** What a firm's profile says. The weights keep the order in which matching weighs the same things. */
export function providerChecks(p: ProviderProfile): CompletenessCheck[] {
  const { services } = p
  const stated = (has: (service: ProviderProfile['services'][number]) => boolean) => share(services, has)
  return [
    check('services', 'services', 20, when(services.length > 0)),
    check('description', 'about', 12, telling(allTexts(p.description))),
    check(
      'evidence',
      'services',
      12,
      stated((s) => allTexts(s.evidence).length > 0),
    ),
    check('cases', 'cases', 12, p.cases.length === 1 ? 'partly' : when(p.cases.length > 1)),
    check('sectors', 'reach', 12, when(p.sectors.length > 0)),
    check('places', 'reach', 10, when(p.wards.length + p.provinces.length > 0)),
    check(
      'prices',
      'services',
      10,
      stated((s) => s.price !== undefined),
    ),
    check('contact', 'contacts', 8, when(Object.values(p.contacts).some(Boolean))),
    check('ways', 'reach', 6, half(p.remote !== undefined, p.onSite !== undefined)),
    check(
      'weeks',
      'services',
      6,
      stated((s) => s.deliveryWeeks !== undefined),
    ),
    check('tagline', 'about', 6, when(allTexts(p.tagline).length > 0)),
    check('benefits', 'about', 4, half(p.features.length > 0, p.benefits.length > 0)),
    check('languages', 'credentials', 4, when(p.languages.length > 0)),
    check('english', 'about', 3, half(Boolean(p.tagline?.en), Boolean(p.description.en))),
    check('size', 'basics', 3, half(p.sizeBand !== undefined, p.founded !== undefined)),
  ]
}

/** What a business's profile says: enough for a firm to know whom it would work for. */
export function businessChecks(b: BusinessProfile): CompletenessCheck[] {
  return [
    check('business-description', 'about', 20, telling(allTexts(b.description))),
    check('business-sector', 'basics', 20, when(b.sector !== undefined)),
    check('business-tools', 'about', 15, when(b.tools.length > 0)),
    check('business-place', 'basics', 15, when(b.ward !== undefined)),
    check('business-size', 'basics', 10, when(b.sizeBand !== undefined)),
    check('business-tagline', 'about', 5, when(allTexts(b.tagline).length > 0)),
  ]
}

/** How much of all that counts is said, 0 to 100 in whole percent; 100 only when nothing is missing. */
export function percentOf(checks: readonly CompletenessCheck[]): number {
  const worth: Record<Status, number> = { met: 1, partly: 0.5, unknown: 0 }
  const all = checks.reduce((sum, { weight }) => sum + weight, 0)
  const there = checks.reduce((sum, { weight, status }) => sum + weight * worth[status], 0)
  return Math.floor((there / all) * 100)
}

/** What is missing, whole or in part, the most valuable first. */
export function missingFrom(checks: readonly CompletenessCheck[]): CompletenessCheck[] {
  return checks.filter(({ status }) => status !== 'met').sort((a, b) => b.weight - a.weight)
}

const check = (key: string, section: string, weight: number, status: Status): CompletenessCheck => ({
  key,
  section,
  status,
  weight,
})

const when = (there: boolean): Status => (there ? 'met' : 'unknown')

const half = (one: boolean, other: boolean): Status => (one !== other ? 'partly' : when(one))

function share<T>(items: readonly T[], has: (item: T) => boolean): Status {
  const number = items.filter(has).length
  if (number === 0) return 'unknown'
  return number === items.length ? 'met' : 'partly'
}

function telling(texts: readonly string[]): Status {
  const longest = Math.max(0, ...texts.map(({ length }) => length))
  return longest >= TELLING_CHARACTERS ? 'met' : longest > 0 ? 'partly' : 'unknown'
}
