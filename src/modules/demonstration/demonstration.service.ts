import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ZodType } from 'zod'
import type { Clock } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import { PROJECT_ROOT } from '../../platform/project-root.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { type Edit, RECORD_TYPES, type RecordType, type StoredRecord } from '../../platform/records/record.types.js'
import { type BusinessProfile, businessProfile } from '../businesses/index.js'
import { type NeedContent, type NeedStatus, needContent } from '../needs/index.js'
import { type ProviderProfile, providerProfile } from '../providers/index.js'
import { DEMONSTRATION } from './demonstration-people.js'
import type { DemonstrationPeople } from './demonstration-people.service.js'

interface DemonstrationDeps {
  change: Change
  records: RecordRepository
  people: DemonstrationPeople
  clock: Clock
}

export interface DemonstrationService {
  /** Adds what is not there yet; returns how many records that were. */
  add(park: ParkContext): Promise<number>
  /** Whether all was added once, whatever became of the records since. */
  isComplete(park: ParkContext): Promise<boolean>
  /** Archives every demonstration record and takes the people out; returns how many records that were. */
  remove(park: ParkContext): Promise<number>
}

interface ListingFile<Profile> {
  externalId: string
  profile: Profile
}

interface NeedFile {
  externalId: string
  business: string
  status: NeedStatus
  content: unknown
}

const BATCH = 200

export function demonstrationService({ change, records, people, clock }: DemonstrationDeps): DemonstrationService {
  const by = `system:${DEMONSTRATION}`

  async function addMissing<C>(park: ParkContext, type: RecordType, edits: (Edit<C> & { externalId: string })[]) {
    const known = await records.byExternalIds<C>(
      park.id,
      type,
      DEMONSTRATION,
      edits.map((e) => e.externalId),
    )
    const archived = new Map(known.map((r) => [r.externalId, r]))
    const wanted = edits.flatMap((edit): Edit<C>[] => {
      const there = archived.get(edit.externalId)
      if (!there) return [edit]
      return there.archivedAt ? [{ id: there.id, set: { archivedAt: null } }] : []
    })
    for (let i = 0; i < wanted.length; i += BATCH) {
      await change<C>({ parkId: park.id, type, by, why: 'demonstration data', edits: wanted.slice(i, i + BATCH) })
    }
    return wanted.length
  }

  const listing = <P extends { name: { vi?: string | undefined; en?: string | undefined } }>(
    file: ListingFile<P>,
    slug?: string,
  ) => ({
    externalId: file.externalId,
    source: DEMONSTRATION,
    slugFrom: slug ?? file.profile.name.vi ?? file.profile.name.en ?? file.externalId,
    set: { published: file.profile },
  })

  return {
    add: async (park) => {
      const providers = read('providers', providerProfile).map((f) => listing<ProviderProfile>(f, f.profile.tradeName))
      const businesses = read('businesses', businessProfile).map((f) => listing<BusinessProfile>(f))
      let added = await addMissing<ProviderProfile>(park, 'provider', providers)
      added += await addMissing<BusinessProfile>(park, 'business', businesses)
      const stored = await records.byExternalIds<BusinessProfile>(
        park.id,
        'business',
        DEMONSTRATION,
        businesses.map((b) => b.externalId),
      )
      const needs = readNeeds(new Map(stored.map((b) => [b.externalId, b])))
      added += await addMissing<NeedContent>(park, 'need', needs)
      await people.add(park)
      return added
    },
    // People come last, and before them needs, in one transaction.
    isComplete: async (park) => {
      if (!(await people.isComplete(park))) return false
      for await (const _need of records.each<never>('need', DEMONSTRATION)) return true
      return false
    },
    remove: async (park) => {
      let removed = 0
      await people.remove(park)
      for (const type of RECORD_TYPES) {
        const batch: Edit<never>[] = []
        for await (const record of records.each<never>(type, DEMONSTRATION)) {
          if (record.parkId === park.id && !record.archivedAt)
            batch.push({ id: record.id, set: { archivedAt: clock() } })
        }
        for (let i = 0; i < batch.length; i += BATCH) {
          const edits = batch.slice(i, i + BATCH)
          await change<never>({ parkId: park.id, type, by, why: 'demonstration data taken out', edits })
        }
        removed += batch.length
      }
      return removed
    },
  }
}

const DATA = join(PROJECT_ROOT, 'src/modules/demonstration/data')

function files(kind: string): unknown[] {
  const folder = join(DATA, kind)
  return readdirSync(folder)
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown[])
}

function read<P>(kind: string, schema: ZodType<P>): ListingFile<P>[] {
  return (files(kind) as ListingFile<unknown>[]).map((f) => ({
    externalId: f.externalId,
    profile: schema.parse(f.profile),
  }))
}

function readNeeds(businesses: ReadonlyMap<string | null, StoredRecord<BusinessProfile>>) {
  return (files('needs') as NeedFile[]).map((file) => {
    const content = needContent.parse({ ...(file.content as object), business: businesses.get(file.business)?.id })
    return {
      externalId: file.externalId,
      source: DEMONSTRATION,
      slugFrom: content.title.vi ?? content.title.en ?? file.externalId,
      set: { published: content, status: file.status },
    }
  })
}
