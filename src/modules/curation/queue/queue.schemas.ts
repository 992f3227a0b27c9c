import { z } from 'zod'
import { line } from '../../../kernel/fields.js'
import { whole } from '../../../platform/http/query.js'
import { CASE_KINDS, type CaseKind } from '../kinds.rules.js'
import { WHOSE } from './view.rules.js'

/** What an address says of the view. */
export const VIEW_QUERY = {
  kind: z
    .enum(CASE_KINDS as [CaseKind, ...CaseKind[]])
    .nullable()
    .default(null),
  whose: z.enum(WHOSE).nullable().default(null),
  late: z
    .literal('1')
    .transform(() => true)
    .default(false),
}

/** The name that a view is saved under. */
export const viewForm = z.object({ name: line(40, 1) })

export const LIST_QUERY = { ...VIEW_QUERY, page: whole({ min: 1, max: 100_000, otherwise: 1 }) }
