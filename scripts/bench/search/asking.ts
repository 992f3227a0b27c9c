import type { Query, SearchDocument, SearchPort } from '../../../src/platform/search/index.js'
import { quantile } from '../figures.js'
import type { Questions } from './queries.js'

/** Milliseconds of each kind of question, one after another, the hop to the engine in it. */
export interface Answered {
  short: Spread
  facets: Spread
  long: Spread
  suggestion: Spread
  need: Spread
  /** From handing over an update to an answer that has it. */
  update: Spread
  /** The longest. */
  hostile: number
}

export interface Spread {
  p50: number
  p95: number
}

export const INDEX = 'providers'
const FACETS = ['service', 'sector', 'ward', 'size', 'language']
/** What pages ask, too: only what everybody may see. */
const PUBLIC = {
  op: 'and',
  filters: [
    { op: 'eq', field: 'parkId', value: 'park' },
    { op: 'eq', field: 'visibility', value: 'public' },
  ],
} as const satisfies Query['filter']
const PAGE = { limit: 20, filter: PUBLIC, highlight: ['name', 'tagline', 'description'] }
const WARMING = 40
/** Firms that are changed. */
const UPDATED = Array.from({ length: 30 }, (_, n) => n)

/** Asks an engine. `firm` makes the next version of a firm. */
export async function askAll(
  engine: SearchPort,
  { short, long, begun, needs, hostile }: Questions,
  firm: (n: number) => SearchDocument,
): Promise<Answered> {
  const search = (query: Query) => engine.search(INDEX, query)
  await times(short.slice(0, WARMING), (q) => search({ ...PAGE, q, facets: FACETS }))
  await times(needs.slice(0, WARMING / 4), (text) => engine.matchText(INDEX, { text, limit: 50, filter: PUBLIC }))
  return {
    short: spread(await times(short, (q) => search({ ...PAGE, q }))),
    facets: spread(await times(short, (q) => search({ ...PAGE, q, facets: FACETS }))),
    long: spread(await times(long, (q) => search({ ...PAGE, q }))),
    suggestion: spread(await times(begun, (q) => search({ q, limit: 5, filter: PUBLIC, highlight: ['name'] }))),
    need: spread(await times(needs, (text) => engine.matchText(INDEX, { text, limit: 50, filter: PUBLIC }))),
    update: spread(
      await times(UPDATED.map(firm), async (before) => {
        const name = `${before.name} lần hai`
        await engine.upsert(INDEX, [{ ...before, version: 2, name: [name] }])
        await engine.flush(INDEX)
        const { hits } = await search({ q: name, limit: 5, filter: PUBLIC })
        if (!hits.some(({ id, document }) => id === before.id && document.version === 2))
          throw new Error(`the update of ${before.id} is not found`)
      }),
    ),
    hostile: Math.max(...(await times(hostile, (q) => search({ ...PAGE, q, facets: FACETS })))),
  }
}

const spread = (all: readonly number[]): Spread => ({ p50: quantile(all, 0.5), p95: quantile(all, 0.95) })

/** Milliseconds of each, one after another. */
export async function times<T>(items: readonly T[], ask: (item: T, n: number) => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  for (const [n, item] of items.entries()) {
    const begun = performance.now()
    await ask(item, n)
    all.push(performance.now() - begun)
  }
  return all
}
