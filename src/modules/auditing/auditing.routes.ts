import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import { plainDateIn, startOfDay } from '../../kernel/clock.js'
import { Forbidden } from '../../kernel/errors.js'
import { can } from '../../kernel/permissions.js'
import { DAY_MS } from '../../kernel/retention.js'
import { wordsOfAction } from '../../platform/audit/audit.actions.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import { contextOf, type RequestContext } from '../../platform/http/context.js'
import { readPageQuery } from '../../platform/http/query.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { personOf } from '../../platform/http/viewer.js'
import { neutral } from '../importing/index.js'
import { type Asked, FILTER_QUERY, PAGE_QUERY } from './auditing.schemas.js'
import { auditView } from './auditing.views.js'
import type { LogFilter, LogRepository } from './log.repository.js'
import { type SubjectDeps, subjectsOf } from './subjects.js'

export interface AuditPageDeps extends SubjectDeps {
  auditLog: LogRepository
  audit: Audit
  clock: () => Date
}

const SIZE = 50
const COLUMNS = ['at', 'seq', 'by', 'action', 'words', 'type', 'record', 'version', 'batch', 'details']

/** The audit log, for administrators. */
export function auditPages(deps: AuditPageDeps): Record<'admin.audit' | 'admin.audit-export', Handler> {
  const { auditLog, audit, clock } = deps
  return {
    'admin.audit': async (req, res) => {
      const context = contextOf(res)
      mayRead(context)
      const { before, after, ...asked } = readPageQuery(PAGE_QUERY, req)
      const at = { before, after, size: SIZE }
      const log = await auditLog.page(context.park.id, filterOf(asked, context), at)
      const subjects = await subjectsOf(deps, context.park.id, log.entries, context.lang)
      res.set('Cache-Control', 'no-store')
      return render(res, 'admin/audit', auditView({ asked, log, subjects }, context))
    },
    'admin.audit-export': async (req, res) => {
      const context = contextOf(res)
      mayRead(context)
      const asked = readPageQuery(FILTER_QUERY, req)
      await noteExport(audit, asked, context)
      const name = `audit-${plainDateIn(clock(), context.park.timeZone)}.csv`
      res.set({ 'Cache-Control': 'no-store', 'Content-Disposition': `attachment; filename="${name}"` })
      res.type('text/csv; charset=utf-8')
      const rows = csvRows(auditLog.each(context.park.id, filterOf(asked, context)), context)
      await pipeline(rows, stringify({ bom: true, header: true, columns: COLUMNS }), res)
    },
  }
}

function mayRead({ actor }: RequestContext) {
  if (!can(actor, 'admin:audit')) throw new Forbidden('admin:audit')
}

/** Days are the park's; the last one counts whole. */
function filterOf({ from, to, ...asked }: Asked, { park }: RequestContext): LogFilter {
  return {
    ...asked,
    from: from ? startOfDay(from, park.timeZone) : null,
    to: to ? startOfDay(plainDateIn(new Date(Date.parse(`${to}T12:00:00Z`) + DAY_MS), 'UTC'), park.timeZone) : null,
  }
}

async function noteExport(audit: Audit, asked: Asked, context: RequestContext) {
  const { personId } = personOf(context)
  const filter = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== null)
  const event = { action: 'audit.export', type: 'log', recordId: 'audit', details: Object.fromEntries(filter) } as const
  await audit.record({ parkId: context.park.id, by: personId, ...event })
}

async function* csvRows(entries: ReturnType<LogRepository['each']>, { t }: RequestContext) {
  for await (const { at, seq, by, action, type, recordId, version, batch, details } of entries) {
    yield [
      at.toISOString(),
      seq ?? '',
      by,
      action,
      t(wordsOfAction(action)),
      type,
      recordId,
      version ?? '',
      batch ?? '',
      details ? JSON.stringify(details) : '',
    ].map((cell) => neutral(String(cell)))
  }
}
