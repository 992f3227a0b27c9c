import { z } from 'zod'
import { whole } from '../../../platform/http/query.js'
import { TABLE_KINDS } from '../tables/index.js'
import { BLANKS, KEYS, MODES } from './imports.types.js'

export const uploadForm = z.object({ kind: z.enum(TABLE_KINDS) })

export const columnsForm = z.object({ key: z.enum(KEYS), blanks: z.enum(BLANKS) })

export const commitForm = z.object({ mode: z.enum(MODES), seen: z.coerce.number().int() })

export const ACTS = ['columns', 'commit', 'cancel', 'undo'] as const
export const act = z.enum(ACTS)

export const listQuery = { page: whole({ min: 1, max: 100_000, otherwise: 1 }) }

export const rowsQuery = { ...listQuery, rows: z.enum(['bad', 'all']).optional() }
