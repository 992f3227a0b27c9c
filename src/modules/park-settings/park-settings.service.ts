import type { ClientSession, Connection } from 'mongoose'
import type { ParkContext } from '../../kernel/park.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { Person } from '../../platform/http/viewer.js'
import type { ParksRepository } from '../parks/index.js'
import type { Fields, Section, Values } from './sections/section.types.js'

export interface ParkSettingsDeps {
  db: Connection
  parks: ParksRepository
  audit: Audit
  /** Reads the settings again, so that this instance shows at once what was written. */
  reload(): Promise<void>
}

export interface SectionWrite {
  section: Section
  /** The version that the form was begun with. */
  seen: number
  set: Fields
  /** The version that is put back. */
  restored?: number
  /** Writes that must stand or fall with it. */
  alongside?(session: ClientSession): Promise<void>
}

export type WriteResult =
  | { ok: true; changed: boolean }
  /** Another administrator was faster; `park` is as it stands now. */
  | { ok: false; park: ParkContext }

export interface ParkSettings {
  write(person: Person, write: SectionWrite): Promise<WriteResult>
}

/** The version of a section that stands; 1 before anybody has changed it. */
export const versionOf = ({ sections }: ParkContext, { name }: Section): number => sections?.[name]?.version ?? 1

export function parkSettings({ db, parks, audit, reload }: ParkSettingsDeps): ParkSettings {
  return {
    write: async (person, { section, seen, set, restored, alongside }) => {
      // Not from memory: another instance may have written a moment ago.
      const park = await parks.current()
      if (versionOf(park, section) !== seen) return { ok: false, park }
      const [before, after] = [section.read(park), section.read(withFields(park, set))]
      if (same(before, after)) return { ok: true, changed: false }
      const by = person.personId
      const written = await inTransaction(db, async (session) => {
        const version = await parks.write(
          {
            ...{ parkId: park.id, section: section.name, expect: seen, by, before, after, set },
            ...(restored && { restored }),
          },
          session,
        )
        if (version === null) return false
        const details = { section: section.name, version: String(version) }
        const event = { parkId: park.id, by, type: 'park' as const, recordId: park.id }
        await audit.record(
          restored
            ? { ...event, action: 'park.restore', details: { ...details, restored: String(restored) } }
            : { ...event, action: 'park.change', details },
          session,
        )
        await alongside?.(session)
        return true
      })
      await reload()
      return written ? { ok: true, changed: true } : { ok: false, park: await parks.current() }
    },
  }
}

/** The park with some fields written over, as the database would do it. */
export function withFields(park: ParkContext, set: Fields): ParkContext {
  const next = structuredClone(park) as unknown as Record<string, unknown>
  for (const [path, value] of Object.entries(set)) {
    const [first = '', second] = path.split('.')
    if (second === undefined) next[first] = value ?? undefined
    else next[first] = { ...(next[first] as object | undefined), [second]: value ?? undefined }
  }
  return next as unknown as ParkContext
}

function same(one: Values, other: Values): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => one[name] === other[name])
}
