import type { Core } from '../../../src/core.js'
import { type NeedContent, needContent } from '../../../src/modules/needs/index.js'
import { type Random, randomFrom } from '../search/random.js'
import { SOURCE } from './firms.js'
import { type BenchWords, chance, sentence, some } from './words.js'

/** Needs written with one change. */
const BATCH = 200

/** The words of a need, the same for the same number: what is wanted is told by its lack, among much else; some name money and time. */
export function inventText(n: number, words: BenchWords): string {
  const random = randomFrom(n + 4_000_037)
  return [
    ...some(random, words.services, 2).map(({ cues }) => `${random.pick(cues)}, ${random.pick(cues)}.`),
    ...Array.from({ length: 1 + random.below(3) }, () => sentence(random, words)),
    ...(chance(random, 0.4) ? [`Tầm ${10 + random.below(90)} triệu.`] : []),
    ...(chance(random, 0.3) ? [`Trong ${1 + random.below(10)} tuần.`] : []),
    ...(chance(random, 0.2) ? ['Phải có người tới tận nơi.'] : []),
  ].join(' ')
}

/** A need as it is posted, the same for the same number. */
export function inventNeed(n: number, words: BenchWords): NeedContent {
  const random = randomFrom(n + 6_000_101)
  return needContent.parse({
    title: { vi: title(random, words) },
    problem: { vi: inventText(n, words) },
    services: chance(random, 0.3) ? some(random, words.services, 2).map(({ id }) => id) : [],
    ...(chance(random, 0.6) && { sector: random.pick(words.sectors).id }),
    ...(chance(random, 0.6) && { ward: random.pick(words.wards) }),
    ...(chance(random, 0.3) && { budget: { max: (10 + random.below(90)) * 1_000_000 } }),
    mustHaves: chance(random, 0.3) ? [words.language.text(random, 6)] : [],
  })
}

const title = (random: Random, words: BenchWords) =>
  `${random.pick(random.pick(words.services).names)} ${words.language.text(random, 4)}`

/** Adds open needs from the number `from` up to, not including, `to`. */
export async function addNeeds(core: Core, words: BenchWords, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += BATCH) {
    const edits = Array.from({ length: Math.min(BATCH, to - at) }, (_, i) => {
      const set = { published: inventNeed(at + i, words), status: 'published', publishedAt: core.clock() } as const
      return { set, slugFrom: `bench ${at + i}`, source: SOURCE, externalId: `bench-${at + i}` }
    })
    const about = { parkId: core.park().id, type: 'need', by: 'system:bench', why: 'bench' } as const
    await core.change<NeedContent>({ ...about, edits })
  }
}
