import { mailingOf } from '../../src/composition.js'
import type { Core } from '../../src/core.js'
import { newId } from '../../src/kernel/ids.js'
import { mergingOf } from '../../src/merging.js'
import { codeAt } from '../../src/modules/accounts/index.js'
import { CASE_KINDS } from '../../src/modules/curation/index.js'
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

/** One firm of so many was entered twice. */
const TWINS = 100

const DAY_MS = 86_400_000

/**
 * Makes the park one that has been at work for a year: `listings` firms, five audit entries for each, and cases that wait.
 * Answers how its administrator signs in, and pages that only a form leads to.
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
  const twins = await addTwins(core, ids)
  await addAuditEntries(core, ids)
  const signIns = await core.demonstrationPeople.signIns(core.park())
  const administrator = signIns.find(({ staff }) => staff === 'administrator')
  const secret = administrator?.secondFactor?.secret
  if (!administrator || !secret) throw new Error('the demonstration has no administrator')
  return {
    email: administrator.email,
    password: administrator.password,
    code: () => codeAt(secret, new Date()),
    pages: [...pagesOf(twins), ...(await casesOf(core))],
  }
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

/** Firms entered twice, found as duplicates; two of them are made one. */
async function addTwins(core: Core, ids: readonly string[]) {
  const about = { parkId: core.park().id, type: 'provider' } as const
  const twins: [string, string][] = []
  for (let n = 1; n < ids.length; n += TWINS) twins.push([String(ids[n - 1]), String(ids[n])])
  for (let at = 0; at < twins.length; at += TWINS) {
    const some = twins.slice(at, at + TWINS)
    const firsts = await core.records.byIds<ProviderProfile>(
      'provider',
      some.map(([first]) => first),
    )
    const seconds = await core.records.byIds<ProviderProfile>(
      'provider',
      some.map(([, second]) => second),
    )
    const edits = some.flatMap(([first, second]) => {
      const name = firsts.find(({ id }) => id === first)?.published?.name
      const published = seconds.find(({ id }) => id === second)?.published
      return name && published ? [{ id: second, set: { published: { ...published, name } } }] : []
    })
    await core.change<ProviderProfile>({ ...about, by: 'system:bench', why: 'bench', edits })
  }
  await core.duplicates.catchUp()
  const [survivor = '', other = ''] = twins[0] ?? []
  const merging = mergingOf(
    core,
    mailingOf(core, () => {}),
  )
  const curator = { kind: 'person', personId: newId(), memberships: [], staff: 'curator' } as const
  const sides = await merging.sides(curator, about.parkId, survivor, other)
  const versions = { survivor: sides.survivor.version, other: sides.other.version }
  const done = await merging.merge(curator, about.parkId, { survivor, other }, { choices: {}, parts: {}, versions })
  if (!done.ok) throw new Error(`the bench's merge was refused: ${done.reason}`)
  return twins[1]
}

/** One that waits, of each kind there is. */
async function casesOf(core: Core): Promise<string[]> {
  const found = await Promise.all(
    CASE_KINDS.map((kind) =>
      core.cases.waiting(core.park().id, { kind, assigned: null, dueBefore: null }, { offset: 0, size: 1 }),
    ),
  )
  return found.flat().map(({ _id, kind }) => `/admin/cases/${_id}?kind=${kind}`)
}

const pagesOf = (twins: readonly [string, string] | undefined) =>
  twins
    ? [
        `/admin/listings/${twins[1]}/versions?from=1&to=2`,
        `/admin/merge/${twins[0]}/${twins[1]}/preview`,
        '/admin/listings?q=cong+ty+ke+toan',
        '/admin/listings?standing=public&sort=name&page=2',
        '/admin/audit?what=record&from=2026-01-01',
      ]
    : []

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
