import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROVIDERS_INDEX } from '../../../src/modules/providers/index.js'
import { createMeilisearchEngine } from '../../../src/platform/search/index.js'
import { ms, quantile, type Report } from '../figures.js'
import type { Built, Served } from './alone.js'
import { type Answered, askAll, INDEX } from './asking.js'
import { inventFirm, inventFirms } from './firms.js'
import { inventLanguage, TERMS } from './language.js'
import { askPlainly } from './plain-meilisearch.js'
import { inventQuestions } from './queries.js'

export interface SearchBench {
  /** The largest catalogue; a tenth and a hundredth are measured before it. */
  firms: number
  /** Of each kind. */
  questions: number
  /** A server to be measured beside, with the same firms and questions. */
  meilisearch: { url: string; key?: string | undefined } | null
  /** Told of each row as soon as it is there. */
  onProgress: (line: string) => void
}

const PREFIX = 'caunoiso_bench_'
const HEADS = [
  ['firms', 'engine', 'built', 'ready', 'resident', 'short p50', 'p95', 'facets p95', 'to 10 words p50', 'p95'],
  ['suggestion p95', 'need p95', 'update p95', 'hostile max'],
].flat()

/** Each size of catalogue on the built-in engine, the largest beside Meilisearch where there is a server. */
export async function measureSearch({ firms, questions, meilisearch, onProgress }: SearchBench): Promise<Report> {
  const rows: string[][] = [HEADS]
  const add = (row: string[]) => {
    rows.push(row)
    onProgress(row.join(' '))
  }
  for (const count of [firms / 100, firms / 10, firms].map(Math.ceil)) {
    const { built, served } = await measureAlone(count, questions)
    add([
      ...[`${count}`, 'built-in', seconds(built.ms), ms(served.ready)],
      `${Math.round(built.resident)} / ${Math.round(served.resident)} MiB`,
      ...answeredRow(served),
    ])
  }
  const notes = [
    'resident: the whole process after building / after reading from the file, with Node itself and the invented language in the first.',
  ]
  if (!meilisearch) notes.push('SKIPPED: Meilisearch beside it; MEILI_URL is not set.')
  else {
    const few = Math.ceil(firms / 10)
    const { took, answered } = await measureByPort(few, questions, meilisearch)
    add([`${few}`, 'Meilisearch, by the port', seconds(took), '', '', ...answeredRow(answered)])
    const language = inventLanguage(TERMS)
    const { long } = inventQuestions(questions, firms, language)
    const plain = await askPlainly(meilisearch, inventFirms(firms, language), long)
    const [p50, p95] = [ms(quantile(plain, 0.5)), ms(quantile(plain, 0.95))]
    add([`${firms}`, 'Meilisearch, asked plainly', '', '', '', '', '', '', p50, p95])
    notes.push(
      'Meilisearch is filled by the port with a tenth, since its server takes long over the words; plainly with all.',
    )
  }
  return { rows, fine: true, notes }
}

async function measureAlone(firms: number, questions: number): Promise<{ built: Built; served: Served }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const built = await alone<Built>('build', folder, firms, questions)
    return { built, served: await alone<Served>('serve', folder, firms, questions) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function alone<T>(what: 'build' | 'serve', folder: string, firms: number, questions: number): Promise<T> {
  const file = fileURLToPath(new URL('./alone.js', import.meta.url))
  const child = fork(file, [what, folder, `${firms}`, `${questions}`, JSON.stringify(PROVIDERS_INDEX)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', (measured) => resolve(measured as T))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the measurement "${what}" ended with ${code}`)))
  })
}

/** As the product asks it. */
async function measureByPort(firms: number, questions: number, at: { url: string; key?: string | undefined }) {
  const language = inventLanguage(TERMS)
  const engine = createMeilisearchEngine({ ...at, prefix: PREFIX, timeoutMs: 60_000 })
  try {
    await engine.ensureIndex(INDEX, PROVIDERS_INDEX)
    const begun = performance.now()
    await engine.rebuild(INDEX, inventFirms(firms, language))
    const took = performance.now() - begun
    return {
      took,
      answered: await askAll(engine, inventQuestions(questions, firms, language), (n) => inventFirm(n, language)),
    }
  } finally {
    await engine.close()
  }
}

const answeredRow = ({ short, facets, long, suggestion, need, update, hostile }: Answered): string[] => [
  ...[ms(short.p50), ms(short.p95), ms(facets.p95), ms(long.p50), ms(long.p95)],
  ...[ms(suggestion.p95), ms(need.p95), ms(update.p95), ms(hostile)],
]

const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`
