import type { Request } from 'express'
import { z } from 'zod'
import { email, line, wardCode } from '../../kernel/fields.js'
import { many, readPageQuery } from '../../platform/http/query.js'
import { MAX_TEXT } from '../matching/index.js'
import type { About } from './things.js'

const correction = z
  .string()
  .regex(/^[a-z]+(:[a-z0-9-]+)?$/i)
  .max(80)
const id = z.string().max(40)

/** What is to be watched, as the address of the matcher's page says it; or the id of a need or a firm. */
const about = {
  text: line(MAX_TEXT).optional(),
  drop: many(correction, 40),
  add: many(correction, 40),
  ward: wardCode.optional(),
  need: id.optional(),
  firm: id.optional(),
}

export const askingForm = z.object(about)

/** Where to write to, of who has not signed in. */
export const addressForm = z.object({ ...about, email })

type Asked = z.output<typeof askingForm>

export const askedIn = (req: Request): About | null => toAbout(readPageQuery(about, req))

/** Null when it names nothing. */
export function toAbout({ text, drop, add, ward, need, firm }: Asked): About | null {
  if (need) return { kind: 'need', id: need }
  if (firm) return { kind: 'firm', id: firm }
  return text ? { kind: 'words', typed: { text, dropped: drop, added: add, ward: ward ?? null } } : null
}
