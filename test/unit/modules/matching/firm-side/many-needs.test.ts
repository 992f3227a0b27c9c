import { expect, it } from 'vitest'
import { needContent } from '../../../../../src/modules/needs/index.js'
import { demonstrationFirms, demonstrationNeeds, PARK, taxonomy, visitor } from '../demonstration-park.js'
import { needRecord, needsOver } from './needs-park.js'

/** Far more needs than are judged for one firm. */
const INVENTED = 240
const JUDGED = 50
const FIRMS = 5

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T

/** Needs of every service, told by its cues or named in a field, of every trade; the demonstration's among them. */
const needs = [
  ...demonstrationNeeds.map(({ id, content }) => needRecord(id, { ...content, visibility: 'public' })),
  ...Array.from({ length: INVENTED }, (_, n) => {
    const { services, sectors } = taxonomy.taxonomy
    const service = pick(services, n * 7)
    const [cue, other] = [pick(service.cues, n), pick(pick(services, n * 13 + 5).cues, n)]
    const problem = n % 3 === 0 ? `${cue}. ${pick(service.cues, n + 1)}.` : `${cue}, với lại ${other}.`
    return needRecord(
      `n-${n}`,
      needContent.parse({
        title: { vi: `Việc số ${n}` },
        problem: { vi: problem },
        services: n % 4 === 0 ? [service.id] : [],
        ...(n % 2 === 0 && { sector: pick(sectors, n * 3).id }),
      }),
    )
  }),
]

it('the best needs for a firm are found though far more are open than are judged', async () => {
  const { judging } = await needsOver(needs)
  const [some, all] = [judging(JUDGED), judging(needs.length)]
  const shares: number[] = []
  for (const firm of demonstrationFirms.slice(0, FIRMS)) {
    const [best, found] = await Promise.all([all, some].map((side) => side.rankNeeds(visitor, PARK, firm, 10)))
    const ids = new Set(found?.results.map(({ record }) => record.id))
    shares.push((best?.results ?? []).filter(({ record }) => ids.has(record.id)).length / 10)
  }
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.9)
})
