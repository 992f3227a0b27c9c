import { Option } from 'commander'
import { loadConfig } from '../src/config.js'
import { HALVES, type Half } from '../src/modules/evaluation/index.js'
import { measureJudged } from './eval/judged.js'
import { measureSet } from './eval/retrieval-set.js'
import { createCommand, positiveInteger, runCommand, UsageError } from './support/command.js'
import type { Mode } from './support/measured.js'

interface Options {
  set?: string
  mode?: Mode
  queries?: string
  limitQueries?: number
  runOut?: string
  judged?: boolean
  half?: Half
  report?: string
  ablate?: boolean
  json?: boolean
}

const HELP = `
Without --set: the needs of test/eval/judged are asked of the demonstration firms in four voices each, through the matcher.
One half of the needs is shown in detail, of the other only the totals. Means are over the needs that have a good answer; intervals
are of 95%, by the bootstrap over needs. Beside the matcher stands what plain searches of the same firms' texts make of the same needs:
BM25, and Meilisearch where MEILI_URL names a server. A last table says of the needs of test/eval/answered how often "nobody" was said
where it is so (recall) and where somebody does it (false).

With --set: DIR is in BEIR's layout: corpus.jsonl (_id, text, perhaps title), queries.jsonl (_id, text) and qrels.tsv or
qrels/test.tsv. It is only read. Its documents become firms in a data folder of their own, which is removed afterwards:
the title, or the id where there is none, is the name, and the text is the description; nothing is cut. Each query then
goes through what visitors use: the list's search, or the matcher.

Where EMBEDDINGS_URL and EMBEDDINGS_MODEL name an embedding endpoint it has its part in matching: the texts of what is measured are sent
there. The judged needs, or the queries of a set, are then asked without it as well. Each need waits for its answer, also beyond what a reader waits.

nDCG, MRR and recall are means over the queries with a relevant document; all queries are asked, timed and written.
"nobody" lists the queries of which the product says that no firm fits (search: that nothing was found).

Exit code: 0 done, 2 the command or the set cannot be used, 130 stopped.`

/** By the names of the command line, which commander gives in camel case. */
const OF_A_SET = ['mode', 'queries', 'limitQueries', 'runOut'] as const
const OF_THE_JUDGED = ['judged', 'half', 'report'] as const

const command = createCommand(
  'eval',
  'Measures search and matching: against the judged needs, or a set of queries with judged answers.',
)
  .option('--judged', 'ask the judged needs; so it is without --set, too')
  .option('--set <dir>', "a set in BEIR's layout instead of the judged needs")
  .addOption(new Option('--mode <mode>', 'with --set: what is asked (default: match)').choices(['search', 'match']))
  .option('--queries <file>', 'with --set: a file of DIR with the same queries otherwise written, e.g. without accents')
  .option('--limit-queries <n>', 'with --set: ask only the first n queries', positiveInteger)
  .option('--run-out <file>', 'with --set: write the rankings as a TREC run, 100 deep')
  .addOption(
    new Option('--half <half>', 'of the judged needs, the half shown in detail (default: tuning)').choices(HALVES),
  )
  .option('--report <file>', 'of the judged needs: write the figures and the misses as an HTML page')
  .option('--ablate', 'ask the matcher again with each of its parts switched off, and show what is lost')
  .option('--json', 'end with one line of JSON')
  .addHelpText('after', HELP)
  .action(evaluate)

await runCommand(command)

async function evaluate(options: Options) {
  const { set, mode = 'match', half = 'tuning' } = options
  const misplaced = (set === undefined ? OF_A_SET : OF_THE_JUDGED).find((name) => options[name] !== undefined)
  if (misplaced !== undefined) {
    const name = misplaced.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    throw new UsageError(`--${name} goes ${set === undefined ? 'with --set only' : 'without --set only'}.`)
  }
  if (options.ablate && mode === 'search') throw new UsageError('--ablate: only the matcher has parts to switch off.')
  const { meilisearch, embeddings } = loadConfig(process.env)
  await (set === undefined
    ? measureJudged({ ...options, half, meilisearch: meilisearch ?? null, embeddings })
    : measureSet({ ...options, set, mode, embeddings }))
}
