import { join } from 'node:path'
import type { Core } from '../../src/core.js'
import type { ProviderProfile } from '../../src/modules/providers/index.js'
import { judgedNeeds } from '../support/measured.js'
import { ms, quantile, type Report } from './figures.js'
import { type Crowd, crowdMatching } from './matching/crowd.js'
import { addFirms, SOURCE } from './matching/firms.js'
import { measureInProcess } from './matching/in-process.js'
import { addNeeds, inventText } from './matching/needs.js'
import { measureOverHttp } from './matching/over-http.js'
import { type BenchWords, benchWords } from './matching/words.js'
import { withOwnProduct } from './own-product.js'

export interface MatchBench {
  /** Firms and open needs in the larger product; a tenth of each is measured before it. */
  firms: number
  needs: number
  /** How many match at once. */
  people: number
  /** How long they do, and how long pages are read alone before. */
  seconds: number
  /** Where the products are kept for another run; null throws them away. */
  folder: string | null
  onProgress: (line: string) => void
}

/** What a match may take, p95, and how many times longer other pages may take meanwhile. */
const PATIENCE_MS = 80
const MOST_RATIO = 3

const HEADS = ['firms', 'needs', 'what', 'p50', 'p95', 'max', 'processor p95', 'beside', 'times']

/** Matches in either direction alone, and many at once beside readers, in a product with a tenth and in one with all. */
export async function measureMatching(bench: MatchBench): Promise<Report> {
  const rows: string[][] = [HEADS]
  const notes: string[] = []
  let fine = true
  const texts = (await judgedNeeds()).flatMap(({ text }) => Object.values(text))
  for (const share of [10, 1]) {
    const size = { firms: Math.ceil(bench.firms / share), needs: Math.ceil(bench.needs / share) }
    const add = (...row: string[]) => {
      rows.push([`${size.firms}`, `${size.needs}`, ...row])
      bench.onProgress(row.join('  '))
    }
    const one = await measureOne(bench, size, texts)
    const { words, match, firmCold, firmWarm } = one.inProcess
    const { page, api, firm, firmFirst } = one.http
    add('the engine, by the words alone', ...spread(words.took), p95(words.cpu))
    add('match with reasons', ...spread(match.took), p95(match.cpu), ...beside(match.took, words.took))
    add('its page', ...spread(page), '', ...beside(page, words.took))
    add('its API', ...spread(api), '', ...beside(api, words.took))
    add('needs for a firm, none remembered', ...spread(firmCold.took), p95(firmCold.cpu))
    add('needs for a firm', ...spread(firmWarm.took), p95(firmWarm.cpu), ...beside(firmWarm.took, firmCold.took))
    add(`its page (first: ${ms(firmFirst)})`, ...spread(firm), '', ...beside(firm, firmCold.took))
    for (const { page: path, idle, during } of one.crowd.pages) {
      add(`${path} while ${bench.people} match`, ...spread(during), '', ...beside(during, idle))
    }
    add(`a match of ${bench.people} at once`, ...spread(one.crowd.matches), '', ...beside(one.crowd.matches, page))
    notes.push(saidOf(size.firms, one.crowd))
    fine &&= isFine([match.took, firmCold.took, firmWarm.took], one.crowd)
  }
  return { rows, fine, notes: [...notes, 'beside: the p95 of the words alone, of none remembered, of the page alone.'] }
}

function isFine(alone: readonly (readonly number[])[], { pages, failed }: Crowd): boolean {
  const quick = alone.every((times) => quantile(times, 0.95) < PATIENCE_MS)
  return quick && failed === 0 && pages.every((page) => ratioOf(page) <= MOST_RATIO)
}

const ratioOf = ({ idle, during }: Crowd['pages'][number]) => quantile(during, 0.95) / quantile(idle, 0.95)

function saidOf(firms: number, { matches, lasted, failed }: Crowd): string {
  const perSecond = (matches.length / (lasted / 1000)).toFixed(1)
  return `${firms} firms: ${perSecond} matches a second by all at once, ${failed} not answered.`
}

const spread = (all: readonly number[]) => [ms(quantile(all, 0.5)), p95(all), ms(quantile(all, 1))]

const p95 = (all: readonly number[]) => ms(quantile(all, 0.95))

function beside(all: readonly number[], base: readonly number[]): string[] {
  const [own, other] = [quantile(all, 0.95), quantile(base, 0.95)]
  return [ms(other), (own / other).toFixed(1)]
}

interface Size {
  firms: number
  needs: number
}

async function measureOne({ people, seconds, folder, onProgress }: MatchBench, size: Size, texts: readonly string[]) {
  const furnish = async (core: Core) => {
    const words = benchWords(core)
    onProgress(`${size.firms} firms and ${size.needs} needs are entered`)
    await fill(core, words, size)
    onProgress('the indexes are built')
    await core.indexing.start()
    const inProcess = await measureInProcess(core, texts)
    const firm = (await core.demonstrationPeople.signIns(core.park())).find(({ owns }) => owns === 'provider')
    const [shown] = await core.records.byExternalIds<ProviderProfile>(core.park().id, 'provider', SOURCE, ['bench-0'])
    if (!firm || !shown) throw new Error('the demonstration has nobody of a firm')
    return { words, inProcess, firm, pages: ['/', `/providers/${shown.slug}`, '/providers', '/healthz'] }
  }
  const kept = folder && join(folder, `${size.firms}-${size.needs}`)
  return withOwnProduct(
    furnish,
    async (url, { words, inProcess, firm, pages }) => {
      const http = await measureOverHttp(url, texts, firm)
      const text = (n: number) => inventText(n + 1_000_000, words)
      return { inProcess, http, crowd: await crowdMatching(url, { people, pages, ms: seconds * 1000, text }) }
    },
    kept,
  )
}

/** Adds what a kept product does not have yet. */
async function fill(core: Core, words: BenchWords, size: Size): Promise<void> {
  const count = async (type: 'provider' | 'need') => {
    let there = 0
    for await (const _record of core.records.each(type, SOURCE)) there++
    return there
  }
  await addFirms(core, words, await count('provider'), size.firms)
  await addNeeds(core, words, await count('need'), size.needs)
}
