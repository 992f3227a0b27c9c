import { loadConfig } from '../src/config.js'
import type { Core } from '../src/core.js'
import { type BuiltIndex, type Comparison, isAlike, type WorkPart } from '../src/modules/indexing/index.js'
import { createCommand, EXIT, runCommand } from './support/command.js'
import { withCore } from './support/core.js'
import { askRunningProduct } from './support/running-search.js'

const HELP = `
While the product runs, it does the work itself, on every engine it has and in each of its instances, and goes on answering;
this command asks it and tells what came of it. Otherwise the command does the work.

Without --verify every index is built anew beside the old one, which answers until then. With --verify every record is compared
with what each engine holds, by id, version and content, both ways; what differs is put right.

Exit code: 0 all is as it should be, 1 --verify found something that was not (it is put right unless the line says otherwise), or a
record could not be taken in, 2 the database or an engine cannot be used.`

interface Options {
  json?: boolean
  verify?: boolean
}

type Outcome = Pick<WorkPart, 'engine' | 'compared' | 'built' | 'error'>

const command = createCommand(
  'reindex',
  'Builds the search indexes anew from the database, or compares them with it, while the product runs or not.',
)
  .option('--verify', 'compare every record with what the engines hold, and repair, instead of building anew')
  .option('--json', 'end with one line of JSON: {"indexes": [...]} or, with --verify, {"compared": [...]}')
  .addHelpText('after', HELP)
  .action(reindex)

await runCommand(command)

async function reindex({ json = false, verify = false }: Options) {
  const config = loadConfig(process.env)
  const outcomes = (await askRunningProduct(config, verify ? 'verify' : 'rebuild', print)) ?? (await alone())
  if (json) process.stdout.write(`${JSON.stringify(asJson(outcomes, verify))}\n`)
  const failed = outcomes.some(({ error }) => error !== '')
  const found = outcomes.some(
    ({ compared, built }) => compared.some((one) => !isAlike(one)) || built.some(({ left }) => left > 0),
  )
  process.exitCode = failed ? EXIT.failed : found ? EXIT.partly : EXIT.done

  async function alone() {
    return withCore(config, async (core) => {
      const done: Outcome[] = []
      for (const engine of core.engines.all) {
        const outcome = await workOn(engine, verify)
        print(outcome)
        done.push(outcome)
      }
      return done
    })
  }
}

/** An engine that has kept nothing is built by its start. */
async function workOn(engine: Core['engines']['all'][number], verify: boolean): Promise<Outcome> {
  const built: BuiltIndex[] = []
  const compared: Comparison[] = []
  await engine.start((one) => built.push(one))
  if (verify) compared.push(...(await engine.verify()))
  else if (built.length === 0) await engine.rebuild((one) => built.push(one))
  return { engine: engine.engine, compared, built: verify ? [] : built, error: '' }
}

function print({ engine, compared, built, error }: Outcome) {
  const say = (line: string) => process.stdout.write(`${engine} ${line}\n`)
  for (const { index, documents, left, ms } of built) {
    const aside = left > 0 ? `; ${left} could not be taken in` : ''
    say(`${index}: ${documents} documents in ${(ms / 1000).toFixed(1)} s${aside}`)
  }
  for (const { index, documents, missing, stale, different, orphaned, left } of compared) {
    const counts = `${missing} missing, ${stale} stale, ${different} different, ${orphaned} orphaned`
    say(`${index}: ${documents} documents, ${counts}${left > 0 ? `; ${left} could not be put right` : ''}`)
  }
  if (error) process.stderr.write(`${engine}: ${error}\n`)
}

function asJson(outcomes: readonly Outcome[], verify: boolean) {
  const of = <T>(rows: (outcome: Outcome) => readonly T[]) =>
    outcomes.flatMap((outcome) => rows(outcome).map((row) => ({ engine: outcome.engine, ...row })))
  return verify
    ? { compared: of(({ compared }) => compared) }
    : { indexes: of(({ built }) => built.map((one) => ({ ...one, ms: Math.round(one.ms) }))) }
}
