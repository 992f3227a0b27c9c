import type { ClientSession, Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { type ReportRow, reportModel } from './reports.model.js'

export interface ReportRepository {
  add(report: Omit<ReportRow, '_id' | 'createdAt' | 'decidedAt'>, session: ClientSession): Promise<void>
  /** The reports of a case, the oldest first. */
  ofCase(caseId: string, session?: ClientSession): Promise<ReportRow[]>
  countOf(caseIds: readonly string[]): Promise<Map<string, number>>
  /** From now on they are kept for a time only. */
  decide(caseId: string, session?: ClientSession, at?: Date): Promise<void>
  of(personId: string): Promise<ReportRow[]>
  /** What somebody wrote goes with him; that something was reported stays. */
  forget(personId: string, session: ClientSession): Promise<void>
  /** The cases of reports that count as undecided; some of them may have ended by themselves. */
  undecidedCases(): Promise<string[]>
  /** Decided before this. */
  decidedBefore(before: Date): Promise<ReportRow[]>
  remove(id: string, session: ClientSession): Promise<void>
}

export function reportRepository(db: Connection, clock: Clock): ReportRepository {
  const reports = reportModel(db)
  return {
    add: async (report, session) => {
      await reports.create([{ _id: newId(), ...report, createdAt: clock(), decidedAt: null }], { session })
    },
    ofCase: (caseId, session) =>
      reports
        .find({ caseId }, null, { session: session ?? null })
        .sort({ createdAt: 1 })
        .lean<ReportRow[]>(),
    countOf: async (caseIds) => {
      const rows = await reports.find({ caseId: { $in: [...caseIds] } }, { caseId: 1 }).lean<ReportRow[]>()
      const counts = new Map<string, number>()
      for (const { caseId } of rows) counts.set(caseId, (counts.get(caseId) ?? 0) + 1)
      return counts
    },
    decide: async (caseId, session, at = clock()) => {
      await reports.updateMany({ caseId }, { $set: { decidedAt: at } }, { ...(session && { session }) })
    },
    of: (personId) => reports.find({ personId }).sort({ createdAt: -1 }).lean<ReportRow[]>(),
    forget: async (personId, session) => {
      await reports.updateMany({ personId }, { $set: { personId: null, text: '' } }, { session })
    },
    undecidedCases: async () => {
      const rows = await reports.find({ decidedAt: null }, { caseId: 1 }).lean<Pick<ReportRow, 'caseId'>[]>()
      return [...new Set(rows.map(({ caseId }) => caseId))]
    },
    decidedBefore: (before) => reports.find({ decidedAt: { $lt: before } }).lean<ReportRow[]>(),
    remove: async (id, session) => {
      await reports.deleteOne({ _id: id }, { session })
    },
  }
}
