import { createHash } from 'node:crypto'
import type { AuditRow } from '../../records/record.model.js'

/** What stands before the first link. */
export const START = '0'.repeat(64)

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Of all that an entry says. A change of this form needs a new number before it, and both forms in the verification. */
export function digestOf(entry: AuditRow, salt: string): string {
  const { _id, parkId, at, by, action, type, recordId, version, batch, details } = entry
  const said = Object.entries(details ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const content = [1, _id, parkId, at.toISOString(), by, action, type, recordId, version ?? null, batch ?? null, said]
  return sha256(`${salt}\n${JSON.stringify(content)}`)
}

export const linkOf = (before: string, seq: number, entryId: string, digest: string): string =>
  sha256(JSON.stringify([before, seq, entryId, digest]))
