import { median, ms, quantile, table } from './bench/figures.js'
import { withOwnProduct } from './bench/own-product.js'
import { rush } from './bench/rush.js'
import { tellings } from './bench/telling.js'
import { createCommand, EXIT, positiveInteger, runCommand } from './support/command.js'

const HELP = `
Each run starts a product of its own on a throw-away folder and ends it. Figures are of this machine and this moment; what
counts is how those of one run stand to each other.

Exit code: 0 as it should be, 1 not so, 2 called wrongly.`

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

await runCommand(command)

async function signIn({ people }: { people: number }) {
  const rows = [['accounts', 'signed in', 'within', 'pages idle p95', 'during p95', 'ratio', 'pages failed']]
  let fine = true
  for (const accounts of [people, 10 * people]) {
    const { idle, during, signIns, lasted, failedPages } = await withOwnProduct(accounts, (own) => rush(own, people))
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
  const told = await withOwnProduct(3 * times, (own) => tellings(own, times))
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
