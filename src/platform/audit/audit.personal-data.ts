import type { Connection } from 'mongoose'
import type { PersonalDataSource } from '../personal-data.js'
import type { Audit } from './audit.repository.js'
import { auditForgetting } from './chain/forgetting.js'

/** What the audit log holds of somebody. The copy of his data tells the same of each thing with its content. */
export const auditData = ({ db, audit }: { db: Connection; audit: Audit }): PersonalDataSource => ({
  name: 'audit',
  exportFor: async () => null,
  erase: auditForgetting(db, audit),
})
