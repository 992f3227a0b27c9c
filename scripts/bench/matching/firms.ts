import type { Core } from '../../../src/core.js'
import { type ProviderProfile, providerProfile } from '../../../src/modules/providers/index.js'
import { type Random, randomFrom } from '../search/random.js'
import { type BenchWords, capitalised, chance, sentence, some } from './words.js'

/** Firms written with one change. */
const BATCH = 200
export const SOURCE = 'bench'

/** The same firm for the same number, as long as what firms write of themselves; a quarter keep no list of services. */
export function inventProfile(n: number, words: BenchWords): ProviderProfile {
  const random = randomFrom(n + 2_000_003)
  const services = some(random, words.services, 3)
  const [first = services[0]] = services
  const own = capitalised(words.language.text(random, 2))
  const says = services.map(({ names }) => `${capitalised(random.pick(names))}: ${sentence(random, words)}`)
  const more = Array.from({ length: 2 + random.below(4) }, () => sentence(random, words))
  return providerProfile.parse({
    name: { vi: `${own} ${n}` },
    tagline: { vi: `${first?.names[0]}, ${words.language.text(random, 5)}` },
    description: { vi: [...says, ...more].join(' ') },
    features: [{ vi: words.language.text(random, 6 + random.below(8)) }],
    park: { status: n % 3 === 0 ? 'resident' : 'associated' },
    services: chance(random, 0.75) ? services.map(({ id }) => offered(random, id, words)) : [],
    sectors: some(random, words.sectors, 2).map(({ id }) => id),
    wards: chance(random, 0.5) ? some(random, words.wards, 4) : [],
    ...(chance(random, 0.5) && { remote: chance(random, 0.7), onSite: chance(random, 0.7) }),
    languages: chance(random, 0.3) ? ['vi', 'en'] : ['vi'],
    cases: chance(random, 0.4) ? [caseOf(random, first?.id, words)] : [],
  })
}

const offered = (random: Random, service: string, words: BenchWords) => {
  const from = (5 + random.below(40)) * 1_000_000
  const weeks = 1 + random.below(8)
  return {
    service,
    ...(chance(random, 0.5) && { evidence: { vi: sentence(random, words) } }),
    ...(chance(random, 0.6) && { price: { min: from, max: from * (1 + random.below(3)) } }),
    ...(chance(random, 0.6) && { deliveryWeeks: { min: weeks, max: weeks + random.below(6) } }),
  }
}

const caseOf = (random: Random, service: string | undefined, words: BenchWords) => ({
  ...(service !== undefined && { service }),
  sector: random.pick(words.sectors).id,
  client: { vi: words.language.text(random, 4) },
  problem: { vi: sentence(random, words) },
  result: { vi: sentence(random, words) },
  year: 2015 + random.below(10),
})

/** Adds firms from the number `from` up to, not including, `to`. */
export async function addFirms(core: Core, words: BenchWords, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += BATCH) {
    const edits = Array.from({ length: Math.min(BATCH, to - at) }, (_, i) => {
      const published = inventProfile(at + i, words)
      return { set: { published }, slugFrom: `bench ${at + i}`, source: SOURCE, externalId: `bench-${at + i}` }
    })
    const about = { parkId: core.park().id, type: 'provider', by: 'system:bench', why: 'bench' } as const
    await core.change<ProviderProfile>({ ...about, edits })
  }
}
