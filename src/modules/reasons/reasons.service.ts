import type { Connection } from 'mongoose'
import { NotFound } from '../../kernel/errors.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { Person } from '../../platform/http/viewer.js'
import type { ReasonKind, ReasonRow } from './reasons.model.js'
import type { ReasonRepository } from './reasons.repository.js'

export interface ReasonDeps {
  db: Connection
  reasons: ReasonRepository
  audit: Audit
  clock(): Date
}

/** What can be done to a reason beside writing it anew. */
export const REASON_ACTS = ['up', 'down', 'retire', 'restore'] as const
export type ReasonAct = (typeof REASON_ACTS)[number]

/** The list of reasons, kept by the park's curators; every act stands in the audit log. */
export interface ReasonService {
  add(by: Person, parkId: string, kind: ReasonKind, text: ReasonRow['text']): Promise<void>
  /** False when another has written it since `version`. @throws {NotFound} */
  write(by: Person, parkId: string, id: string, version: number, text: ReasonRow['text']): Promise<boolean>
  /** @throws {NotFound} */
  act(by: Person, parkId: string, id: string, act: ReasonAct): Promise<void>
}

export function reasonService({ db, reasons, audit, clock }: ReasonDeps): ReasonService {
  const entry = (by: Person, { parkId, _id, kind }: Pick<ReasonRow, 'parkId' | '_id' | 'kind'>) => ({
    ...{ parkId, by: by.personId, type: 'reason' as const, recordId: _id, details: { kind } },
  })

  async function found(parkId: string, id: string, session: Parameters<ReasonRepository['byId']>[2]) {
    const row = await reasons.byId(parkId, id, session)
    if (!row) throw new NotFound('reason', id)
    return row
  }

  return {
    add: (by, parkId, kind, text) =>
      inTransaction(db, async (session) => {
        const _id = await reasons.add({ parkId, kind, text }, session)
        await audit.record({ ...entry(by, { parkId, _id, kind }), action: 'reason.add' }, session)
      }),
    write: (by, parkId, id, version, text) =>
      inTransaction(db, async (session) => {
        const row = await found(parkId, id, session)
        if (!(await reasons.save(id, version, { text }, session))) return false
        await audit.record({ ...entry(by, row), action: 'reason.change' }, session)
        return true
      }),
    act: (by, parkId, id, act) =>
      inTransaction(db, async (session) => {
        const row = await found(parkId, id, session)
        if (act === 'up' || act === 'down') {
          const all = (await reasons.all(parkId)).filter(({ kind, retiredAt }) => kind === row.kind && !retiredAt)
          const other = all[all.findIndex(({ _id }) => _id === id) + (act === 'up' ? -1 : 1)]
          if (!other) return
          await reasons.save(id, row.version, { place: other.place }, session)
          await reasons.save(other._id, other.version, { place: row.place }, session)
          return audit.record({ ...entry(by, row), action: 'reason.move' }, session)
        }
        const retires = act === 'retire'
        if (retires === (row.retiredAt !== null)) return
        await reasons.save(id, row.version, { retiredAt: retires ? clock() : null }, session)
        return audit.record({ ...entry(by, row), action: retires ? 'reason.retire' : 'reason.restore' }, session)
      }),
  }
}
