import { type Connection, type Model, Schema } from 'mongoose'
import type { RecordType } from '../../platform/records/record.types.js'

/** What visitors find wrong with a public page. */
export const FAULTS = ['closed', 'contact', 'untrue', 'twice', 'offensive', 'other'] as const
export type Fault = (typeof FAULTS)[number]

/** A visitor says that something on a public page is wrong; one case of its record collects them. */
export interface ReportRow {
  _id: string
  parkId: string
  type: RecordType
  recordId: string
  caseId: string
  fault: Fault
  text: string
  /** Who is to be told what came of it, when he left an address; who he is stands with the people. */
  personId: string | null
  createdAt: Date
  decidedAt: Date | null
}

const schema = new Schema<ReportRow>(
  {
    _id: String,
    parkId: { type: String, required: true },
    type: { type: String, required: true },
    recordId: { type: String, required: true },
    caseId: { type: String, required: true },
    fault: { type: String, required: true },
    text: { type: String, default: '' },
    personId: { type: String, default: null },
    createdAt: { type: Date, required: true },
    decidedAt: { type: Date, default: null },
  },
  { collection: 'reports', versionKey: false },
)

export function reportModel(db: Connection): Model<ReportRow> {
  return (db.models.Report as Model<ReportRow> | undefined) ?? db.model<ReportRow>('Report', schema)
}

export async function createReportIndexes(db: Connection): Promise<void> {
  const { collection } = reportModel(db)
  await collection.createIndex({ caseId: 1, createdAt: 1 })
  await collection.createIndex({ personId: 1 })
  await collection.createIndex({ decidedAt: 1 })
}
