import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { recordModels } from '../records/record.model.js'
import type { AuditAction } from './audit.actions.js'

export const AUDIT_TYPES = [
  'person',
  'membership',
  'claim',
  'introduction',
  'case',
  'request',
  'file',
  'log',
  'reason',
  'taxonomy',
  'park',
  'weights',
  'import',
  'export',
  'duplicate',
] as const
/** What something can be done to, beside records. */
export type AuditType = (typeof AUDIT_TYPES)[number]

/** Something that happened which somebody may have to answer for. It names people by opaque id and quotes nothing they wrote. */
export interface AuditEvent {
  parkId: string
  /** Opaque id of who did it; `visitor` for somebody not signed in, `system:<name>` for the product itself. */
  by: string
  action: AuditAction
  /** What it was done to. */
  type: AuditType
  recordId: string
  /** Codes and ids that make it understood: `{ role: 'curator' }`. */
  details?: Readonly<Record<string, string>>
  /** The import, merge or other larger act that it is part of. */
  batch?: string
}

export interface Audit {
  /** Appends; there is no way to change or take out an entry. With a session it stands or falls with that transaction. */
  record(event: AuditEvent, session?: ClientSession): Promise<void>
}

export function auditRepository(db: Connection, clock: Clock): Audit {
  const { audit } = recordModels(db)
  return {
    record: async (event, session) => {
      await audit.create([{ _id: newId(), at: clock(), version: null, batch: null, ...event }], {
        ...(session && { session }),
      })
    },
  }
}
