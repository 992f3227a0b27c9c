import { z } from 'zod'
import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/ids.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { contextOf } from '../../../platform/http/context.js'
import { readPageQuery } from '../../../platform/http/query.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import {
  EXPORT_FORMATS,
  EXPORT_TYPES,
  exportHeader,
  exportRow,
  type TableKind,
  writeTable,
} from '../../importing/index.js'
import type { ListingType, SummaryFilter, SummaryRepository } from '../../summaries/index.js'
import { LIST_QUERY, toFilter } from './list.query.js'

export interface ExportPagesDeps {
  summaries: SummaryRepository
  records: RecordRepository
  audit: Audit
  clock: Clock
}

const KINDS: Record<ListingType, TableKind> = { provider: 'providers', business: 'businesses' }

/** Records read at a time. */
const BATCH = 100

/** The list as it is narrowed down, as a table that can be imported again; firms, where both sorts are asked for. */
export function exportPages({
  summaries,
  records,
  audit,
  clock,
}: ExportPagesDeps): Record<'admin.export-listings', Handler> {
  async function* rows(parkId: string, type: ListingType, filter: SummaryFilter) {
    yield exportHeader(KINDS[type])
    let ids: string[] = []
    const read = async () => {
      const found = new Map((await records.byIds<unknown>(type, ids)).map((record) => [record.id, record]))
      const there = ids.flatMap((id) => found.get(id) ?? [])
      ids = []
      return there.map((record) => exportRow(KINDS[type], record))
    }
    for await (const { _id } of summaries.each(parkId, filter)) {
      if (ids.push(_id) >= BATCH) yield* await read()
    }
    yield* await read()
  }

  return {
    'admin.export-listings': async (req, res) => {
      const context = contextOf(res)
      const format = z.enum(EXPORT_FORMATS).safeParse(req.params.format)
      if (!format.success) throw new NotFound('format', String(req.params.format))
      const state = readPageQuery(LIST_QUERY, req)
      const type: ListingType = state.type.length === 1 && state.type[0] === 'business' ? 'business' : 'provider'
      const { park } = context
      const filter = toFilter({ ...state, type: [type] }, plainDateIn(clock(), park.timeZone))
      const details = { kind: KINDS[type], format: format.data }
      const event = {
        parkId: park.id,
        by: personOf(context).personId,
        action: 'listings.exported',
        type: 'export',
      } as const
      await audit.record({ ...event, recordId: newId(), details })
      res.set('Content-Type', EXPORT_TYPES[format.data])
      res.set('Content-Disposition', `attachment; filename="${KINDS[type]}.${format.data}"`)
      await writeTable(format.data, rows(park.id, type, filter), res)
    },
  }
}
