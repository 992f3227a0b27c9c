import type { SearchDocument } from '../../../src/platform/search/index.js'
import type { Language } from './language.js'
import { type Random, randomFrom } from './random.js'

const SERVICES = Array.from({ length: 60 }, (_, n) => `service-${n}`)
const SECTORS = Array.from({ length: 20 }, (_, n) => `sector-${n}`)
const WARDS = Array.from({ length: 100 }, (_, n) => `ward-${n}`)
const SIZES = ['micro', 'small', 'medium', 'large', null]
const STATUSES = ['resident', 'associated', 'visiting']
const LANGUAGES = ['vi', 'en', 'ja', 'ko']
const EPOCH_MS = Date.UTC(2026, 0, 1)

/** The search document of invented firm `n`: the same for the same number, as long as what firms write of themselves. */
export function inventFirm(n: number, language: Language): SearchDocument {
  const random = randomFrom(n + 1_000_003)
  const name = capitalised(language.text(random, 2 + random.below(3)))
  const services = some(random, SERVICES, 3)
  const sectors = some(random, SECTORS, 2)
  return {
    id: `firm-${n}`,
    version: 1,
    parkId: 'park',
    visibility: 'public',
    name: [name],
    services: services.map((id) => `${id.replace('-', ' ')} ${language.terms[Number(id.slice(8)) * 7] ?? ''}`),
    tagline: [capitalised(language.text(random, 6 + random.below(8)))],
    features: [language.text(random, 5 + random.below(8))],
    description: [sentences(random, language, 3 + random.below(5))],
    service: services,
    sector: sectors,
    ward: some(random, WARDS, 2),
    status: random.pick(STATUSES),
    size: random.pick(SIZES),
    language: some(random, LANGUAGES, 2),
    concepts: [...services.map((id) => `service:${id}`), ...sectors.map((id) => `sector:${id}`)],
    sortName: name.toLowerCase(),
    updated: EPOCH_MS - random.below(365 * 24 * 3600) * 1000,
    priceFrom: services.map(() => random.below(50) * 1_000_000),
    priceTo: services.map(() => (50 + random.below(50)) * 1_000_000),
    remote: random.next() < 0.5,
  }
}

export async function* inventFirms(count: number, language: Language): AsyncGenerator<SearchDocument> {
  for (let n = 0; n < count; n++) yield inventFirm(n, language)
}

function sentences(random: Random, language: Language, count: number): string {
  return Array.from({ length: count }, () => `${capitalised(language.text(random, 8 + random.below(10)))}.`).join(' ')
}

function some(random: Random, from: readonly string[], most: number): string[] {
  return [...new Set(Array.from({ length: 1 + random.below(most) }, () => random.pick(from)))]
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
