import type { Core } from '../../src/core.js'
import { newId } from '../../src/kernel/ids.js'
import { codeAt } from '../../src/modules/accounts/index.js'
import type { ProviderProfile } from '../../src/modules/providers/index.js'
import { inTransaction } from '../../src/platform/db/connection.js'
import { recordModels } from '../../src/platform/records/record.model.js'
import type { StoredRecord } from '../../src/platform/records/record.types.js'
import { addInventedFirms } from './many-firms.js'

/** Audit entries written at once. */
const BATCH = 2_000

/** Audit entries for each listing, beside the one that says it was entered. */
const ENTRIES = 4

/** One firm of so many waits for a curator to look at its change. */
const WAITING = 40

const DAY_MS = 86_400_000

/**
 * Makes the park one that has been at work for a year: `listings` firms, five audit entries for each, and cases that wait.
 * Answers how its administrator signs in.
 */
export async function furnishBusyPark(core: Core, listings: number) {
  const ids: string[] = []
  await addInventedFirms(core, listings, async (firms) => {
    await sendChanges(
      core,
      firms.filter((_, n) => (ids.length + n) % WAITING === 0),
    )
    ids.push(...firms.map(({ id }) => id))
  })
  await addAuditEntries(core, ids)
  const signIns = await core.demonstrationPeople.signIns(core.park())
  const administrator = signIns.find(({ staff }) => staff === 'administrator')
  const secret = administrator?.secondFactor?.secret
  if (!administrator || !secret) throw new Error('the demonstration has no administrator')
  return { email: administrator.email, password: administrator.password, code: () => codeAt(secret, new Date()) }
}

async function sendChanges(core: Core, firms: readonly StoredRecord<ProviderProfile>[]) {
  const about = { parkId: core.park().id, type: 'provider' } as const
  const edits = firms.flatMap(({ id, published }) =>
    published ? [{ id, set: { working: { ...published, tagline: { vi: 'Làm xong mới lấy tiền' } } } }] : [],
  )
  const changed = await core.change<ProviderProfile>({ ...about, by: 'system:bench', why: 'bench', edits })
  await inTransaction(core.db, async (session) => {
    for (const { id: recordId, version } of changed) {
      await core.cases.submit({ ...about, kind: 'change', recordId, subjectId: null, version, personId: null }, session)
    }
  })
}

async function addAuditEntries(core: Core, firms: readonly string[]) {
  const { audit } = recordModels(core.db)
  const parkId = core.park().id
  const people = Array.from({ length: 20 }, newId)
  const count = ENTRIES * firms.length
  const now = core.clock().getTime()
  const entry = (n: number) => ({
    ...{
      _id: newId(),
      parkId,
      by: people[n % people.length],
      at: new Date(now - ((count - n) / count) * 365 * DAY_MS),
    },
    ...{ action: 'change', type: 'provider', recordId: firms[n % firms.length], version: 2, batch: null },
  })
  for (let at = 0; at < count; at += BATCH) {
    await audit.insertMany(Array.from({ length: Math.min(BATCH, count - at) }, (_, i) => entry(at + i)))
  }
}
