import { furnishBusyPark } from './bench/busy-park.js'
import { measureDuplicates } from './bench/duplicates.js'
import { median, ms, quantile, table } from './bench/figures.js'
import { importRun } from './bench/importing.js'
import { addPeople, withOwnProduct } from './bench/own-product.js'
import { rush } from './bench/rush.js'
import { tellings } from './bench/telling.js'
import { signInAsStaff, workbenchTimes } from './bench/workbench.js'
import { createCommand, EXIT, positiveInteger, runCommand } from './support/command.js'

const HELP = `
Each run starts a product of its own on a throw-away folder and ends it. Figures are of this machine and this moment; what
counts is how those of one run stand to each other.

Exit code: 0 as it should be, 1 not so, 2 called wrongly.`

/** What a page of the workbench may take at most, p95. */
const PATIENCE_MS = 150

/** What an import of all rows may take at most. */
const IMPORT_MS = 120_000
/** What stands in the directory before it. */
const FEW_LISTINGS = 100

const command = createCommand(
  'bench',
  'Measures how the product bears a rush, and whether its answers tell on anybody.',
).addHelpText('after', HELP)

command
  .command('sign-in')
  .description('many people signing in at once, while others read: with as many accounts, and with ten times as many')
  .option('--people <number>', 'how many at once', positiveInteger, 200)
  .action(signIn)

command
  .command('timing')
  .description('answers about addresses with an account beside those about addresses without')
  .option('--times <number>', 'how often each is asked', positiveInteger, 60)
  .action(timing)

command
  .command('workbench')
  .description(
    "every page of the park's staff: with as many listings and five audit entries for each, and with a tenth of them",
  )
  .option('--listings <number>', 'how many listings', positiveInteger, 20_000)
  .action(workbench)

command
  .command('import')
  .description('a table imported through the browser while others read: with so many rows, and with a tenth of them')
  .option('--rows <number>', 'how many rows', positiveInteger, 20_000)
  .action(importing)

command
  .command('duplicates')
  .description('finding listings that may be one: 2,000 and 20,000 of them, beside holding each against each')
  .option('--listings <number>', 'how many in the larger run', positiveInteger, 20_000)
  .action(duplicates)

await runCommand(command)

async function signIn({ people }: { people: number }) {
  const rows = [['accounts', 'signed in', 'within', 'pages idle p95', 'during p95', 'ratio', 'pages failed']]
  let fine = true
  for (const accounts of [people, 10 * people]) {
    const { idle, during, signIns, lasted, failedPages } = await withOwnProduct(
      (core) => addPeople(core, accounts),
      (url, own) => rush(url, own, people),
    )
    const entered = signIns.filter(({ status }) => status === 303).length
    const [before, meanwhile] = [quantile(idle, 0.95), quantile(during, 0.95)]
    const ratio = meanwhile / before
    fine &&= entered === people && failedPages === 0 && ratio <= 3
    rows.push([
      ...[String(accounts), `${entered} of ${people}`, ms(lasted)],
      ...[
        `${ms(before)} (${idle.length})`,
        `${ms(meanwhile)} (${during.length})`,
        ratio.toFixed(2),
        String(failedPages),
      ],
    ])
  }
  process.stdout.write(`${table(rows)}\n`)
  process.exitCode = fine ? EXIT.done : EXIT.partly
}

async function timing({ times }: { times: number }) {
  const told = await withOwnProduct(
    (core) => addPeople(core, 3 * times),
    (url, own) => tellings(url, own, times),
  )
  const statuses = (of: readonly { status: number }[]) => [...new Set(of.map(({ status }) => status))].join(', ')
  const took = (of: readonly { took: number }[]) => of.map((one) => one.took)
  const rows = told.map(({ what, known, unknown }) => [
    ...[what, `${statuses(known)} / ${statuses(unknown)}`],
    ...[ms(median(took(known))), ms(median(took(unknown)))],
    ...[ms(quantile(took(known), 0.95)), ms(quantile(took(unknown), 0.95))],
  ])
  const head = ['question', 'status', 'known median', 'unknown median', 'known p95', 'unknown p95']
  process.stdout.write(`${table([head, ...rows])}\n`)
  const alike = told.every(({ known, unknown }) => statuses(known) === statuses(unknown))
  process.exitCode = alike ? EXIT.done : EXIT.partly
}

async function workbench({ listings }: { listings: number }) {
  const few = await workbenchOf(Math.ceil(listings / 10))
  const many = await workbenchOf(listings)
  const before = new Map(few.times.map((one) => [one.page, one]))
  const rows = many.times.map(({ page, status, median: middle, p95 }) => {
    const a = before.get(page)
    return [page, String(status), a ? ms(a.p95) : '', ms(middle), ms(p95), a ? (p95 / a.p95).toFixed(1) : '']
  })
  const head = ['page', 'status', 'p95 of a tenth', 'median', 'p95', 'ratio']
  process.stdout.write(`${table([head, ...rows])}\n`)
  if (many.missed.length > 0) process.stdout.write(`no link led to ${many.missed.join(', ')}\n`)
  const fine = many.times.every(({ status, p95 }) => status === 200 && p95 <= PATIENCE_MS)
  process.exitCode = fine ? EXIT.done : EXIT.partly
}

function workbenchOf(listings: number) {
  return withOwnProduct(
    (core) => furnishBusyPark(core, listings),
    async (url, administrator) => workbenchTimes(await signInAsStaff(url, administrator)),
  )
}

async function importing({ rows: most }: { rows: number }) {
  const rows = [
    ['rows', 'added', 'read', 'checked', 'written', 'in all', 'pages idle p95', 'during p95', 'pages failed'],
  ]
  let fine = true
  for (const count of [Math.ceil(most / 10), most]) {
    const run = await withOwnProduct(
      (core) => furnishBusyPark(core, FEW_LISTINGS),
      async (url, administrator) => importRun(url, await signInAsStaff(url, administrator), count),
    )
    const all = run.upload + run.check + run.write
    fine &&= run.added === count && run.failedPages === 0 && all <= IMPORT_MS
    rows.push([
      ...[String(count), String(run.added), ms(run.upload), ms(run.check), ms(run.write), ms(all)],
      ...[
        `${ms(quantile(run.idle, 0.95))} (${run.idle.length})`,
        `${ms(quantile(run.during, 0.95))} (${run.during.length})`,
      ],
      String(run.failedPages),
    ])
  }
  process.stdout.write(`${table(rows)}\n`)
  process.exitCode = fine ? EXIT.done : EXIT.partly
}

async function duplicates({ listings }: { listings: number }) {
  const rows = [['listings', 'found within', 'pairs', 'looked at', 'of', 'each with each (reckoned)']]
  for (const count of [Math.ceil(listings / 10), listings]) {
    const { found, pairs, compared, possible, product } = await measureDuplicates(count)
    rows.push([String(count), ms(found), String(pairs), String(compared), String(possible), ms(product)])
  }
  process.stdout.write(`${table(rows)}\n`)
}
