import { z } from 'zod'
import { line, phone } from '../../kernel/fields.js'
import { DECLINE_REASONS, OUTCOMES, type Side } from './rules/introductions.types.js'

export const LENGTHS = { message: 600, words: 600 } as const

/** Several lines; browsers send each line's end as two characters. */
const words = (max: number) =>
  z
    .string({ error: 'text' })
    .transform((text) => text.replace(/\r\n?/g, '\n'))
    .pipe(line(max))

/** Never ticked beforehand. */
const consent = z.literal('on', { error: 'consent' })

export const askForm = z.strictObject({ message: words(LENGTHS.message).optional(), phone: phone.optional(), consent })

export const offerForm = z.strictObject({
  provider: z.string({ error: 'choice' }).max(40, 'choice'),
  message: words(LENGTHS.message).optional(),
  consent,
})

export const ACTS = ['accept', 'decline', 'withdraw', 'tell-outcome', 'remind', 'close'] as const
export type ActName = (typeof ACTS)[number]

const act = z.string().optional()

/** What stands in the form of each act. */
export const actForms = {
  accept: z.strictObject({ act, phone: phone.optional(), consent }),
  decline: (side: Side) =>
    z.strictObject({ act, reason: z.enum(DECLINE_REASONS[side], 'choice'), words: words(LENGTHS.words).optional() }),
  'tell-outcome': z.strictObject({ act, outcome: z.enum(OUTCOMES, 'choice'), words: words(LENGTHS.words).optional() }),
}
