import { z } from 'zod'
import { AUDIT_ACTIONS } from '../../platform/audit/audit.actions.js'
import { RECORD_ACTIONS } from '../../platform/records/record.types.js'
import type { Cursor } from './log.repository.js'

export const ALL_ACTIONS: readonly string[] = [...new Set([...RECORD_ACTIONS, ...AUDIT_ACTIONS])]

const orNull = <S extends z.ZodType>(schema: S) => schema.nullable().default(null)
const id = orNull(
  z
    .string()
    .trim()
    .regex(/^[\w:-]{1,60}$/),
)
/** An address may name any day; those that no park has seen, nor will, are no days to look for. */
const day = orNull(z.iso.date().refine((date) => date >= '1970' && date < '2200'))

const cursor = orNull(
  z
    .string()
    .regex(/^\d{1,14}\.[\w-]{1,40}$/)
    .transform((text): Cursor => {
      const dot = text.indexOf('.')
      return { at: new Date(Number(text.slice(0, dot))), id: text.slice(dot + 1) }
    }),
)

/** As it stands in an address. */
export const writtenCursor = ({ at, id }: Cursor): string => `${at.getTime()}.${id}`

/** What an address asks of the log; whatever is not understood counts as not asked. */
export const FILTER_QUERY = {
  action: orNull(z.string().refine((action) => ALL_ACTIONS.includes(action))),
  by: id,
  record: id,
  batch: id,
  from: day,
  to: day,
}

export const PAGE_QUERY = { ...FILTER_QUERY, before: cursor, after: cursor }

export type Asked = { [K in keyof typeof FILTER_QUERY]: z.output<(typeof FILTER_QUERY)[K]> }
