import type { Core } from '../../../src/core.js'
import { VISITOR } from '../../../src/kernel/permissions.js'
import { introducedNeeds } from '../../../src/modules/introductions/index.js'
import { needsForFirm } from '../../../src/modules/matching/index.js'
import type { ProviderProfile } from '../../../src/modules/providers/index.js'
import { scopeFilter } from '../../../src/platform/records/scope.js'
import { times } from '../search/asking.js'
import { SOURCE } from './firms.js'

/** What each took, one after another, asked of the services as the pages ask them. */
export interface InProcess {
  /** What the search engine takes for the words alone, with no understanding, judging or reasons. */
  words: Costs
  match: Costs
  /** Needs for a firm: the first time, when no need is remembered, and again. */
  firmCold: Costs
  firmWarm: Costs
}

export interface Costs {
  /** Milliseconds of each. */
  took: number[]
  /** Milliseconds of processor time of each, the search engine's thread in it: what stays the same when others use the machine. */
  cpu: number[]
}

/** Asked before anything is measured, until the code is compiled and the indexes are in memory. */
const WARMING = 40
/** Firms that needs are looked for; so many of them while no need is remembered, which takes long. */
const FIRMS = 100
const COLD = 20
/** As many as the pages show. */
const SHOWN = 10

export async function measureInProcess(core: Core, texts: readonly string[]): Promise<InProcess> {
  const park = core.park()
  const ofWords = (text: string) =>
    core.search.matchText('providers', { text, filter: scopeFilter(VISITOR, park.id), limit: 200 })
  const match = (text: string) => core.matcher.match(VISITOR, park, { text, limit: SHOWN, doersFirst: true })
  const [warming, asked] = [texts.slice(0, WARMING), texts.slice(WARMING)]
  await times(warming, ofWords)
  await times(warming, match)
  const words = await costs(asked, ofWords)
  const matched = await costs(asked, match)

  const firms = await firmsOf(core)
  const ask = (side: Core['needsForFirm'], firm: (typeof firms)[number]) => side.rankNeeds(VISITOR, park, firm, SHOWN)
  const forgetful = () => needsForFirm({ ...core, introduced: introducedNeeds(core.introductions) })
  await times(firms.slice(0, 3), (firm) => ask(forgetful(), firm))
  const firmCold = await costs(firms.slice(0, COLD), (firm) => ask(forgetful(), firm))
  await times(firms, (firm) => ask(core.needsForFirm, firm))
  return { words, match: matched, firmCold, firmWarm: await costs(firms, (firm) => ask(core.needsForFirm, firm)) }
}

async function firmsOf({ records, park }: Core) {
  const ids = Array.from({ length: FIRMS }, (_, n) => `bench-${n * 7}`)
  return records.byExternalIds<ProviderProfile>(park().id, 'provider', SOURCE, ids)
}

async function costs<T>(items: readonly T[], ask: (item: T) => Promise<unknown>): Promise<Costs> {
  const cpu: number[] = []
  const took = await times(items, async (item) => {
    const before = process.cpuUsage()
    await ask(item)
    const { user, system } = process.cpuUsage(before)
    cpu.push((user + system) / 1000)
  })
  return { took, cpu }
}
