import { loadConfig } from '../src/config.js'
import type { Core } from '../src/core.js'
import { email as emailField } from '../src/kernel/fields.js'
import { pathTo } from '../src/kernel/routes.js'
import { appointAdministrator, codeAt } from '../src/modules/accounts/index.js'
import { DEMONSTRATION_PEOPLE, demonstrationFactor } from '../src/modules/demonstration/index.js'
import { restrictedKey } from '../src/platform/search/index.js'
import { loadSecrets } from '../src/platform/secrets.js'
import { INDEX_PREFIX } from '../src/search-engines.js'
import { createCommand, EXIT, runCommand, UsageError } from './support/command.js'
import { withCore } from './support/core.js'

const HELP = `
create makes the first administrator: where nobody signs in under the address yet it prints a link, good once and for
24 hours, at which name and password are set; somebody who signs in already becomes an administrator at once. The second
factor is set up at the next sign-in. Everything else is handed out under /admin/people.

A running product on the built-in database holds the data folder: stop it for create and list. The codes of the
demonstration's people can be asked for while it runs.

Exit code: 0 done, 2 called wrongly, or the database cannot be used.`

const command = createCommand('admin', "Makes the first administrator, and lists the park's staff.").addHelpText(
  'after',
  HELP,
)

command
  .command('create <email>')
  .description('make an administrator')
  .action(async (email: string) => {
    await withCore(loadConfig(process.env), (core) => create(core, addressOf(email)))
    process.exitCode = EXIT.done
  })

command
  .command('code <email>')
  .description("print the code of somebody's second factor; not in production")
  .action(async (email: string) => {
    process.stdout.write(`${await codeOf(addressOf(email))}\n`)
    process.exitCode = EXIT.done
  })

command
  .command('list')
  .description("list the park's staff")
  .action(async () => {
    await withCore(loadConfig(process.env), list)
    process.exitCode = EXIT.done
  })

command
  .command('search-key')
  .description(
    'print a key for Meilisearch with least rights, made of the master key in MEILI_KEY, to be put in its place',
  )
  .action(async () => {
    process.stdout.write(`${await searchKey()}\n`)
    process.exitCode = EXIT.done
  })

await runCommand(command)

async function searchKey(): Promise<string> {
  const { meilisearch } = loadConfig(process.env)
  if (!meilisearch) throw new UsageError('MEILI_URL names no server.')
  const key = await restrictedKey({ ...meilisearch, prefix: INDEX_PREFIX })
  if (key === null) throw new UsageError('MEILI_KEY is no master key, and is used as it is.')
  return key
}

async function create(core: Core, email: string) {
  const { id } = core.park()
  const made = await appointAdministrator(core)(id, email)
  if (made.as === 'new') {
    const link = core.config.publicUrl + pathTo('accounts.sign-up-link', 'vi', { key: made.key })
    process.stdout.write(`Nobody signs in as ${email} yet. Good once and for 24 hours:\n${link}\n`)
  } else if (made.before === 'administrator') process.stdout.write(`${email} is an administrator already.\n`)
  else process.stdout.write(`${email} is an administrator now, and sets up a second factor at the next sign-in.\n`)
}

async function codeOf(email: string): Promise<string> {
  const config = loadConfig(process.env)
  if (config.production) throw new UsageError("In production a code is its owner's alone.")
  const demonstration = DEMONSTRATION_PEOPLE.find((person) => person.email === email)
  if (demonstration?.staff) {
    // Follows from a file, so that it can be told while the running product holds the database.
    return codeAt(demonstrationFactor(loadSecrets(config.dataDir).demonstration, email), new Date())
  }
  return withCore(config, async ({ people, park, secondFactor }) => {
    const person = await people.accountHolder(park().id, email)
    const code = person && (await secondFactor.codeNow(person._id))
    if (!code) throw new UsageError(`${email} has no second factor.`)
    return code
  })
}

async function list({ accounts, people, park }: Core) {
  const staff = await accounts.staff(park().id)
  const names = new Map((await people.byIds(staff.map(({ _id }) => _id))).map((person) => [person._id, person.email]))
  for (const { _id, staff: role, secondFactor, suspendedAt } of staff) {
    const notes = [role, secondFactor ? 'second factor set up' : 'no second factor yet', suspendedAt && 'suspended']
    process.stdout.write(`${names.get(_id)}  ${notes.filter(Boolean).join(', ')}\n`)
  }
  if (staff.length === 0) process.stdout.write('Nobody yet: npm run admin -- create EMAIL\n')
}

function addressOf(text: string): string {
  const read = emailField.safeParse(text)
  if (!read.success) throw new UsageError(`"${text}" is not an e-mail address.`)
  return read.data
}
