import { ConfigError } from './config.js'
import type { Core } from './core.js'

/** Brings the data up to date, fills an empty built-in database with demonstration data, and builds the search indexes. */
export async function prepare(core: Core, tell: (step: string | null) => void): Promise<void> {
  tell('bringing the data to its present form')
  await core.prepare()
  await refuseDemonstration(core)
  if (await wantsDemonstration(core)) {
    tell('adding demonstration data')
    // Marked first: a start that is cut off leaves nothing that could be taken for real, and the next one goes on.
    await core.parks.markDemonstration(core.park().id, true)
    await core.demonstration.add(core.park())
    await core.reload()
  }
  tell('building the search indexes')
  await core.indexing.start()
  tell(null)
}

/** Everybody can know the passwords of the demonstration's people. */
async function refuseDemonstration({ config, accounts, park }: Core): Promise<void> {
  if (!config.production || (await accounts.demonstration(park().id)).length === 0) return
  throw new ConfigError(
    'NODE_ENV wants data without demonstration sign-ins in production: take them out with npm run seed -- --remove',
  )
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/

/** Demonstration data goes only where nobody can take it for real: an empty built-in database reached from this machine alone. */
async function wantsDemonstration(core: Core): Promise<boolean> {
  const { demo, production, host } = core.config
  if (!demo || production || !core.builtinDatabase || !LOOPBACK.test(host)) return false
  const begun = core.park().demonstration && !(await core.demonstration.isComplete(core.park()))
  return begun || (await core.records.lastSeq()) === 0
}
