import type { ClientSession, Connection } from 'mongoose'
import { Forbidden } from '../../kernel/errors.js'
import { can } from '../../kernel/permissions.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import { inTransaction } from '../../platform/db/connection.js'
import { isDuplicateKey } from '../../platform/db/duplicate-key.js'
import type { Person } from '../../platform/http/viewer.js'
import type { Weights, WeightsRepository } from '../matching/index.js'

export interface WeightsEditingDeps {
  db: Connection
  weightVersions: WeightsRepository
  audit: Audit
  settings: { changed(session: ClientSession): Promise<void> }
  /** Reads the settings again, so that this instance ranks at once by what was written. */
  reload(): Promise<void>
}

export interface WeightsWrite {
  /** The version that the change was begun with. */
  seen: number
  weights: Weights
  /** Why, in the words of who changes it. */
  note?: string
  /** The version that is put back. */
  restored?: number
}

/** `overtaken`: another has changed the weights since `seen`. */
export type WriteOutcome = { ok: true; version: number } | { ok: false; reason: 'overtaken' }

export interface WeightsEditing {
  /** Puts weights in force as the next version, with an entry in the audit log. @throws {Forbidden} */
  write(person: Person, parkId: string, write: WeightsWrite): Promise<WriteOutcome>
}

export function weightsEditing({ db, weightVersions, audit, settings, reload }: WeightsEditingDeps): WeightsEditing {
  return {
    write: async (person, parkId, { seen, weights, note, restored }) => {
      if (!can(person, 'admin:change-matching')) throw new Forbidden('admin:change-matching')
      const version = seen + 1
      const written = await inTransaction(db, async (session) => {
        const now = await weightVersions.inForce(parkId, session)
        if (now?.version !== seen) return false
        const by = person.personId
        await weightVersions.add(
          parkId,
          version,
          weights,
          { by, ...(note && { note }), ...(restored && { restored }) },
          session,
        )
        const event = { parkId, by, type: 'weights' as const, recordId: `${parkId}:${version}` }
        await audit.record(
          restored
            ? { ...event, action: 'weights.restore', details: { version: String(version), restored: String(restored) } }
            : { ...event, action: 'weights.change', details: { version: String(version) } },
          session,
        )
        await settings.changed(session)
        return true
      }).catch((error: unknown) => {
        // Of two at once the database lets one number be taken once only.
        if (isDuplicateKey(error)) return false
        throw error
      })
      await reload()
      return written ? { ok: true, version } : { ok: false, reason: 'overtaken' }
    },
  }
}
