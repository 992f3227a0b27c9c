import type { Clock } from '../../../kernel/clock.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import type { ImportRepository } from './imports.repository.js'
import { WORKING_STATES } from './imports.types.js'

/**
 * Erases the rows of imports that were uploaded long enough ago, and uploads that did not come to their end. What was written can still be
 * undone: that stands in the listings' versions.
 */
export async function forgetImports({
  imports,
  audit,
  clock,
}: {
  imports: ImportRepository
  audit: Audit
  clock: Clock
}) {
  for (const row of await imports.toErase(clock())) {
    if (WORKING_STATES.includes(row.state)) continue
    const begun = ['done', 'stopped', 'undone'].includes(row.state)
    // Tens of thousands of rows are no single transaction; what was erased of them before a crash stays erased.
    await imports.eraseRows(row._id)
    await imports.inTransaction(async (session) => {
      await (begun ? imports.erased : imports.remove)(row._id, { session })
      const event = { parkId: row.parkId, by: 'system:retention', action: 'import.forgotten', type: 'import' } as const
      await audit.record({ ...event, recordId: row._id }, session)
    })
  }
}
