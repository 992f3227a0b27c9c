import type { Connection } from 'mongoose'
import type { Clock } from '../../../kernel/clock.js'
import type { Logger } from '../../log/logger.js'
import { notedHead } from './noted-head.js'
import { auditSealing } from './sealing.js'

export interface AuditChain {
  /** Seals what waits, and notes the newest link outside the database: in the data folder, and in the program's log. */
  seal(): Promise<void>
}

interface ChainDeps {
  db: Connection
  clock: Clock
  dataDir: string
  log: Logger
}

export function auditChain({ db, clock, dataDir, log }: ChainDeps): AuditChain {
  const seal = auditSealing(db, clock)
  const noted = notedHead(dataDir, db)
  return {
    seal: async () => {
      const { sealed, head } = await seal()
      if (!(await noted.note(head)))
        log.error({ head }, 'the audit chain does not hold what was noted of it: npm run audit -- verify')
      else if (sealed > 0) log.info({ audit: head }, 'audit sealed')
    },
  }
}
