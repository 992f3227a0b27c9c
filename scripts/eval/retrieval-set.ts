import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Config } from '../../src/config.js'
import {
  type Figures,
  figuresOf,
  openRetrievalSet,
  type Ranked,
  rankAll,
  runLines,
} from '../../src/modules/evaluation/index.js'
import { table } from '../bench/figures.js'
import { callersPath, EXIT, interruption, UsageError } from '../support/command.js'
import { type Mode, rankingOf, withSet } from '../support/measured.js'
import { type EndpointAsked, endpointLine } from '../support/measured-meaning.js'
import { showProgress } from '../support/progress.js'
import { throwAwayFolder } from '../support/throw-away-folder.js'
import { ablations, withoutEndpoint } from './ablations.js'
import { change } from './tables.js'

export interface RetrievalOptions {
  set: string
  mode: Mode
  queries?: string
  limitQueries?: number
  runOut?: string
  /** Asks the matcher again with each of its parts switched off. */
  ablate?: boolean
  json?: boolean
  /** An endpoint that has a part in matching. */
  embeddings?: Config['embeddings']
}

type Ask = Parameters<typeof rankAll>[1]

/** Enters a set's documents as firms, asks its queries and tells what the rankings are worth. */
export async function measureSet(options: RetrievalOptions): Promise<void> {
  const { set: folder, mode, queries: queriesFile, limitQueries, runOut, ablate = false, json = false } = options
  // Lists are searched without it.
  const embeddings = mode === 'match' ? options.embeddings : undefined
  const setDir = callersPath(folder)
  const runFile = runOut === undefined ? undefined : callersPath(runOut)
  if (runFile !== undefined && !relative(setDir, runFile).startsWith('..')) {
    throw new UsageError('--run-out: the set is only read; name a file outside of it.')
  }
  const set = await openRetrievalSet(setDir, queriesFile)
  const queries = set.queries.slice(0, limitQueries)
  const signal = interruption()
  const dataDir = await throwAwayFolder('eval')
  const entering = showProgress('documents', set.size)
  const { documents, ranked, without, endpoint } = await withSet(
    set,
    { dataDir, embeddings, signal, onProgress: entering.at },
    async ({ core, documents, ask, endpoint }) => {
      entering.stop()
      const all = async (asked: Ask) => {
        const progress = showProgress('queries', queries.length)
        const ranked: Ranked[] = []
        for await (const answer of rankAll(queries, asked, () => performance.now())) {
          if (signal.aborted) break
          progress.at(ranked.push(answer))
        }
        progress.stop()
        return ranked
      }
      const ranked = await all(ask[mode])
      const without: [string, Ranked[]][] = []
      const switchedOff = ablate ? ablations(core) : endpoint ? [withoutEndpoint(core)] : []
      for (const { name, matcher } of switchedOff) without.push([name, await all(await rankingOf(core, matcher))])
      return { documents, ranked, without, endpoint }
    },
  )
  if (signal.aborted) {
    process.exitCode = EXIT.interrupted
    return
  }
  if (runFile !== undefined) await writeFile(runFile, ranked.map((one) => runLines(one, `cau-noi-so-${mode}`)).join(''))
  const figures = figuresOf(ranked, set.judgements)
  tell(mode, documents, figures, endpoint)
  if (without.length > 0)
    tellAblations(
      figures,
      without.map(([name, some]) => [name, figuresOf(some, set.judgements)]),
    )
  if (json)
    process.stdout.write(`${JSON.stringify({ mode, documents, ...figures, embeddings: endpoint?.model ?? null })}\n`)
  process.exitCode = EXIT.done
}

function tellAblations(whole: Figures, without: readonly (readonly [string, Figures])[]) {
  const row = (name: string, f: Figures) => [
    name,
    ...[f.ndcg10, f.recall10, f.recall100].map((value) => value.toFixed(4)),
    change(f.ndcg10, whole.ndcg10),
    `${f.nobody.length}`,
  ]
  const rows = [
    ['without', 'nDCG@10', 'Recall@10', 'Recall@100', 'change of nDCG@10', 'nobody'],
    row('(nothing)', whole),
    ...without.map(([name, figures]) => row(name, figures)),
  ]
  process.stdout.write(`\n${table(rows)}\n`)
}

function tell(mode: Mode, documents: number, f: Figures, endpoint: EndpointAsked | undefined) {
  const share = (value: number) => value.toFixed(4)
  const lines = [
    `${mode}: ${documents} documents, ${f.queries} queries, ${f.judged} of them judged`,
    ...(mode === 'match' ? [endpointLine(endpoint)] : []),
    `nDCG@10     ${share(f.ndcg10)}`,
    `MRR@10      ${share(f.mrr10)}`,
    `Recall@10   ${share(f.recall10)}`,
    `Recall@100  ${share(f.recall100)}`,
    `latency     ${f.p50ms.toFixed(1)} ms median, ${f.p95ms.toFixed(1)} ms p95`,
    `nobody      ${f.nobody.length} queries`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
