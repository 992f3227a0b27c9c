import { rmSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Option } from 'commander'
import {
  type Figures,
  figuresOf,
  openRetrievalSet,
  type Ranked,
  rankAll,
  runLines,
} from '../src/modules/evaluation/index.js'
import {
  callersPath,
  createCommand,
  EXIT,
  interruption,
  positiveInteger,
  runCommand,
  UsageError,
} from './support/command.js'
import { type Mode, withSet } from './support/measured.js'
import { showProgress } from './support/progress.js'

interface Options {
  set: string
  mode: Mode
  queries?: string
  limitQueries?: number
  runOut?: string
  json?: boolean
}

const HELP = `
DIR is in BEIR's layout: corpus.jsonl (_id, text, perhaps title), queries.jsonl (_id, text) and qrels.tsv or
qrels/test.tsv. It is only read. Its documents become firms in a data folder of their own, which is removed afterwards:
the title, or the id where there is none, is the name, and the text is the description; nothing is cut. Each query then
goes through what visitors use: the list's search, or the matcher.

nDCG, MRR and recall are means over the queries with a relevant document; all queries are asked, timed and written.
"nobody" lists the queries of which the product says that no firm fits (search: that nothing was found).

Exit code: 0 done, 2 the command or the set cannot be used, 130 stopped.`

const command = createCommand('eval', 'Measures search and matching against a set of queries with judged answers.')
  .requiredOption('--set <dir>', "a set in BEIR's layout")
  .addOption(new Option('--mode <mode>', 'what is asked').choices(['search', 'match']).default('match'))
  .option('--queries <file>', 'a file of DIR with the same queries otherwise written, e.g. without accents')
  .option('--limit-queries <n>', 'ask only the first n queries', positiveInteger)
  .option('--run-out <file>', 'write the rankings as a TREC run, 100 deep')
  .option('--json', 'end with one line of JSON')
  .addHelpText('after', HELP)
  .action(evaluate)

await runCommand(command)

async function evaluate({ set: folder, mode, queries: queriesFile, limitQueries, runOut, json = false }: Options) {
  const setDir = callersPath(folder)
  const runFile = runOut === undefined ? undefined : callersPath(runOut)
  if (runFile !== undefined && !relative(setDir, runFile).startsWith('..')) {
    throw new UsageError('--run-out: the set is only read; name a file outside of it.')
  }
  const set = await openRetrievalSet(setDir, queriesFile)
  const queries = set.queries.slice(0, limitQueries)
  const signal = interruption()
  const { documents, ranked } = await inThrowAwayFolder((dataDir) => {
    const entering = showProgress('documents', set.size)
    return withSet(set, { dataDir, signal, onProgress: entering.at }, async ({ documents, ask }) => {
      entering.stop()
      const progress = showProgress('queries', queries.length)
      const ranked: Ranked[] = []
      for await (const answer of rankAll(queries, ask[mode], () => performance.now())) {
        if (signal.aborted) break
        progress.at(ranked.push(answer))
      }
      progress.stop()
      return { documents, ranked }
    })
  })
  if (signal.aborted) {
    process.exitCode = EXIT.interrupted
    return
  }
  if (runFile !== undefined) await writeFile(runFile, ranked.map((one) => runLines(one, `cau-noi-so-${mode}`)).join(''))
  const figures = figuresOf(ranked, set.judgements)
  tell(mode, documents, figures)
  if (json) process.stdout.write(`${JSON.stringify({ mode, documents, ...figures })}\n`)
  process.exitCode = EXIT.done
}

/** Whatever happens afterwards, the folder goes when the process ends. */
async function inThrowAwayFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cau-noi-so-eval-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return use(folder)
}

function tell(mode: Mode, documents: number, f: Figures) {
  const share = (value: number) => value.toFixed(4)
  const lines = [
    `${mode}: ${documents} documents, ${f.queries} queries, ${f.judged} of them judged`,
    `nDCG@10     ${share(f.ndcg10)}`,
    `MRR@10      ${share(f.mrr10)}`,
    `Recall@10   ${share(f.recall10)}`,
    `Recall@100  ${share(f.recall100)}`,
    `latency     ${f.p50ms.toFixed(1)} ms median, ${f.p95ms.toFixed(1)} ms p95`,
    `nobody      ${f.nobody.length} queries`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
