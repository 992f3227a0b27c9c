import { loadConfig } from '../src/config.js'
import type { Core } from '../src/core.js'
import type { Head } from '../src/platform/audit/chain/chain.model.js'
import { notedHead, parseHead, writtenHead } from '../src/platform/audit/chain/noted-head.js'
import { type Finding, verifyAudit } from '../src/platform/audit/chain/verifying.js'
import { createCommand, EXIT, runCommand, UsageError } from './support/command.js'
import { withCore } from './support/core.js'

const HELP = `
verify walks the chain in which every entry of the audit log is sealed within a minute, and names what was changed,
removed, inserted or moved since, and a missing end. It compares with the head that the data folder has noted, and with
any head given: write one down now and then where nobody who runs the product can change it.

A running product on the built-in database holds the data folder: stop it first. On a MongoDB server it may go on.

Exit code: 0 all is as it was sealed, 1 something is not, 2 called wrongly, or the database cannot be used.`

/** Faults that are written out; more are counted. */
const SHOWN = 50

const WORDS: Record<Finding['kind'], string> = {
  changed: 'the entry was changed',
  removed: 'the entry was removed',
  inserted: 'an entry was inserted that nobody sealed',
  moved: 'the entry was sealed at another place',
  'link-changed': 'the link was changed, or does not follow from the one before',
  'link-removed': 'the link was removed',
  truncated: 'the end from here is missing',
  rewritten: 'the chain up to here is not the one that was noted',
  'erased-unrecorded': 'more entries lost their salts than erasures say',
}

const inWords = ({ seq, kind, entryId }: Finding) => `${seq}: ${WORDS[kind]}${entryId ? ` (${entryId})` : ''}`

const command = createCommand('audit', 'Proves that the audit log is as it was written.').addHelpText('after', HELP)

command
  .command('verify')
  .description('walk the whole chain')
  .option('--head <head>', 'a head noted before, NUMBER:DIGITS; may be given several times', collect, [])
  .option('--json', 'for machines')
  .action(async ({ head, json }: { head: Head[]; json?: true }) => {
    const found = await withCore(loadConfig(process.env), (core) => verify(core, head, json ?? false))
    process.exitCode = found === 0 ? EXIT.done : EXIT.partly
  })

await runCommand(command)

async function verify({ db, config }: Core, given: readonly Head[], json: boolean): Promise<number> {
  const noted = notedHead(config.dataDir, db).read()
  const started = performance.now()
  const { head, findings, ...counts } = await verifyAudit(db, [...(noted ? [noted] : []), ...given])
  const seconds = Math.round(performance.now() - started) / 1000
  if (json) {
    const result = { ok: findings.length === 0, sealed: head.seq, ...counts, head: writtenHead(head), seconds }
    process.stdout.write(`${JSON.stringify({ ...result, findings: findings.slice(0, SHOWN) })}\n`)
    return findings.length
  }
  const { waiting, erased, late } = counts
  const lines = [
    ...findings.slice(0, SHOWN).map(inWords),
    findings.length > SHOWN ? `and ${findings.length - SHOWN} more` : null,
    `${head.seq} entries sealed, ${waiting} waiting, in ${seconds} s.`,
    erased > 0 ? `${erased} were emptied when people were erased; their places hold.` : null,
    late > 0
      ? `${late} were sealed more than an hour after their time: the product stood still, or they were dated back.`
      : null,
    findings.length === 0 ? 'All is as it was sealed.' : `NOT as it was sealed: ${findings.length} faults.`,
    `Head: ${writtenHead(head)}`,
  ]
  process.stdout.write(`${lines.filter((line) => line !== null).join('\n')}\n`)
  return findings.length
}

function collect(text: string, before: Head[]): Head[] {
  try {
    return [...before, parseHead(text)]
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error
  }
}
