import { z } from 'zod'
import { line } from '../../kernel/fields.js'
import { REASON_KINDS } from './reasons.model.js'
import { REASON_ACTS } from './reasons.service.js'

const LONGEST = 300

const words = { vi: line(LONGEST, 1), en: line(LONGEST, 1) }

export const newReason = z.object({ kind: z.enum(REASON_KINDS, 'choice'), ...words })

export const writtenReason = z.object({ version: z.coerce.number().int(), ...words })

export const reasonAct = z.object({ act: z.enum(REASON_ACTS) })

export const LONGEST_REASON = LONGEST
