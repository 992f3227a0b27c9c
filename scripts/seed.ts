import { loadConfig } from '../src/config.js'
import { createCommand, EXIT, runCommand, UsageError } from './support/command.js'
import { withCore } from './support/core.js'

const HELP = `
The records are fictional and marked as demonstration on every page. Adding them twice adds nothing; taking them out
archives them, keeps every other record, and adding brings them back. With them come four people to sign in as, one a role,
and go again. In production they can only be taken out.

A running product on the built-in database holds the data folder: stop it first.

Exit code: 0 done, 2 called wrongly or the database cannot be used.`

const command = createCommand('seed', 'Adds the demonstration firms, businesses and needs, or takes them out.')
  .option('--remove', 'take them out')
  .option('--json', 'end with one line of JSON: {"added"} or {"removed"}')
  .addHelpText('after', HELP)
  .action(seed)

await runCommand(command)

async function seed({ remove = false, json = false }: { remove?: boolean; json?: boolean }) {
  const config = loadConfig(process.env)
  if (config.production && !remove) {
    throw new UsageError('Demonstration data is not for production: everybody can know its passwords.')
  }
  await withCore(config, async (core) => {
    const park = core.park()
    const count = await (remove ? core.demonstration.remove(park) : core.demonstration.add(park))
    await core.parks.markDemonstration(park.id, !remove)
    process.stdout.write(`${count} demonstration records ${remove ? 'taken out' : 'added'}\n`)
    if (json) process.stdout.write(`${JSON.stringify(remove ? { removed: count } : { added: count })}\n`)
  })
  process.exitCode = EXIT.done
}
