import { Argument, Option } from 'commander'
import { loadConfig } from '../src/config.js'
import {
  IMPORT_KINDS,
  type ImportKind,
  type ImportSummary,
  importFields,
  importRecords,
  isImportField,
  type Mapping,
  openRowFile,
  problemText,
  type RowProblem,
} from '../src/modules/importing/index.js'
import { createTranslator } from '../src/platform/i18n/translator.js'
import { callersPath, createCommand, EXIT, interruption, runCommand, UsageError } from './support/command.js'
import { withCore } from './support/core.js'
import { showProgress } from './support/progress.js'

interface Options {
  dryRun?: boolean
  map?: string[]
  source: string
  json?: boolean
}

// Sources of the product's own records; an import must not pass for them.
const OWN_SOURCES = ['demonstration', 'guest', 'evaluation']

/** Problems that the JSON answer lists; all of them go to standard error. */
const LISTED_PROBLEMS = 1_000

const HELP = `
FILE is CSV with a header (.csv or .tsv; comma, semicolon or tab) or one JSON object a line (.jsonl), in UTF-8.

Columns, in any order and any case; those without a field are named once and left out:
${IMPORT_KINDS.map((kind) => `  ${kind}: ${importFields(kind).join(', ')}`).join('\n')}

"name" and "description" are required (for needs also as "title" and "problem"). A text's column may end in its language
(name_en, description_vi); without, the language is told from the row's words. Lists are split by | or ; or are JSON arrays.
Services, sectors, wards and provinces go by id, code, name or short form; "employees" gives the size band.
Businesses are listed in public only where "listed" says yes; e-mail addresses and phone numbers of firms are shown only
to those who were introduced; a need past its deadline comes in as expired.

A second import of the same rows changes nothing: rows are known again by --source and "externalId" or, without one, by
their name and description (then a row whose words changed is a new record). What the park has archived stays so.
An import that broke off can simply be repeated.

Exit code: 0 all rows are in, 1 some were refused, 2 the command or the file cannot be used, 130 stopped.

Examples:
  npm run import -- providers firms.csv --dry-run
  npm run import -- needs notices.jsonl --map code=externalId --map subject=title --map subject=problem`

const command = createCommand(
  'import',
  'Brings firms, businesses or needs from a file into the directory, and publishes them.',
)
  .addArgument(new Argument('<kind>', 'what the rows are').choices(IMPORT_KINDS))
  .argument('<file>', 'CSV or JSONL')
  .option('--dry-run', 'check and compare every row, write nothing')
  .option('--map <theirs=ours>', 'take their column for our field; may be given several times', collect)
  .addOption(new Option('--source <name>', 'where the rows come from').default('import'))
  .option('--json', 'end with one line of JSON: the counts and the problems')
  .addHelpText('after', HELP)
  .action(importFile)

await runCommand(command, 'What was written stays; the same command goes on from there.')

async function importFile(kind: ImportKind, file: string, { dryRun = false, map = [], source, json }: Options) {
  const mappings = map.map((text) => readMapping(kind, text))
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(source) || OWN_SOURCES.includes(source)) {
    throw new UsageError(
      `"${source}" cannot be a source: small letters, digits and hyphens, and not ${OWN_SOURCES.join(', ')}.`,
    )
  }
  const config = loadConfig(process.env)
  const { rows, size, position } = await openRowFile(callersPath(file)).catch((error: Error) => {
    error.message = `${file}: ${error.message}`
    throw error
  })
  const t = createTranslator()('en')
  const problems: (RowProblem & { text: string })[] = []
  const signal = interruption()
  await withCore(config, async (core) => {
    const progress = showProgress(kind, size)
    const summary = await importRecords(core, kind, {
      ...{ park: core.park(), taxonomy: core.taxonomy().taxonomy, rows, mappings, source, dryRun, signal },
      onProblem: (problem) => {
        const text = problemText(t, problem)
        progress.say(text)
        if (problems.length < LISTED_PROBLEMS) problems.push({ ...problem, text })
      },
      onProgress: (rows) => {
        core.log.debug({ rows }, 'rows written')
        progress.at(position())
      },
    }).finally(() => progress.stop())
    tell(kind, dryRun, summary)
    if (json) process.stdout.write(`${JSON.stringify({ kind, source, dryRun, ...summary, problems })}\n`)
    process.exitCode = summary.complete ? (summary.failed > 0 ? EXIT.partly : EXIT.done) : EXIT.interrupted
  })
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value]
}

function readMapping(kind: ImportKind, text: string): Mapping {
  const at = text.lastIndexOf('=')
  const mapping = { theirs: text.slice(0, at).normalize('NFC').trim(), ours: text.slice(at + 1).trim() }
  if (at < 1 || !isImportField(kind, mapping.ours)) {
    throw new UsageError(`--map ${text}: wants theirs=ours, and ours one of ${importFields(kind).join(', ')}.`)
  }
  return mapping
}

function tell(kind: ImportKind, dryRun: boolean, summary: ImportSummary) {
  const { rows, added, changed, unchanged, archived, failed, unknownColumns, unusedMappings, complete } = summary
  const kept = archived > 0 ? `, ${archived} archived and left so` : ''
  process.stdout.write(
    `${kind}: ${rows} rows, ${added} added, ${changed} changed, ${unchanged} unchanged${kept}, ${failed} failed${dryRun ? ' (dry run: nothing was written)' : ''}\n`,
  )
  if (unknownColumns.length > 0)
    process.stderr.write(`Columns left out, since no field is called so: ${unknownColumns.join(', ')}\n`)
  if (unusedMappings.length > 0) process.stderr.write(`Mapped columns that no row has: ${unusedMappings.join(', ')}\n`)
  if (!complete) process.stderr.write('Stopped before the end; the same command goes on from here.\n')
}
