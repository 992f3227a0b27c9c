import { parsePhoneNumberFromString } from 'libphonenumber-js'
// The package's own index brings the numbers of all countries along, which take a third of a second to load.
import { validate as validateTaxCode } from 'stdnum/lib/cjs/vn/mst.js'
import { z } from 'zod'

/**
 * The field types that records, forms and imports share. An error's message is a key of the `fields` catalogue
 * (`fields.errors.<message>`), so that each reader gets it in his language.
 */

// Characters that no text field holds: controls but tab and newlines, lone surrogates, the BOM, and the two that XML forbids.
const UNWANTED = /[^\P{Cc}\t\n\r]|[\p{Cs}\ufeff\ufffe\uffff]/gu

/** One or more lines of text, trimmed, in NFC, without control characters. */
export const line = (max: number, min = 0) =>
  z
    .string({ error: 'text' })
    .transform((s) => s.replace(UNWANTED, '').normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(min, min > 0 ? 'required' : 'tooShort')
        .max(max, 'tooLong'),
    )

/** Several lines. Browsers send each line's end as two characters and count one, so that a text that fits must not be refused. */
export const paragraphs = (max: number, min = 0) =>
  z
    .string({ error: min > 0 ? 'required' : 'text' })
    .transform((text) => text.replace(/\r\n?/g, '\n'))
    .pipe(line(max, min))

/** A text in one language or both, at least one of them when `required`. */
export const localText = (max: number) => z.strictObject({ vi: line(max).optional(), en: line(max).optional() })

export const requiredText = (max: number) => localText(max).refine((t) => Boolean(t.vi || t.en), { error: 'required' })

/** Vietnamese tax code: 10 digits with a check digit, or 10-3 for a branch (source: General Department of Taxation; `stdnum`). */
export const taxCode = z
  .string({ error: 'text' })
  .transform((s) => s.replace(/[\s.]/g, ''))
  .refine((s) => /^\d{10}(-?\d{3})?$/.test(s) && validateTaxCode(s).isValid, { error: 'taxCode' })

/** A phone number of Vietnam, or an international one with +, stored as E.164; 1800/1900 lines as typed. */
export const phone = z.string({ error: 'text' }).transform((raw, ctx) => {
  const digits = raw.replace(/[\s.()-]/g, '')
  if (/^1[89]00\d{4,6}$/.test(digits)) return digits
  const parsed = parsePhoneNumberFromString(raw, 'VN')
  if (parsed?.isValid()) return parsed.number as string
  ctx.addIssue({ code: 'custom', message: 'phone' })
  return z.NEVER
})

export const email = z
  .string({ error: 'text' })
  .transform((s) => s.trim().toLowerCase())
  .pipe(z.email('email').max(254, 'tooLong'))

/** An http or https address; `www.` alone is completed. */
export const webAddress = z.string({ error: 'text' }).transform((raw, ctx) => {
  const text = raw.trim()
  const candidate = /^https?:\/\//i.test(text) ? text : `https://${text}`
  const url = URL.canParse(candidate) ? new URL(candidate) : null
  if (url && /^[^\s.]+(\.[^\s.]+)+$/.test(url.hostname) && !url.username && text.length <= 500) return url.href
  ctx.addIssue({ code: 'custom', message: 'webAddress' })
  return z.NEVER
})

/** Whole đồng, 0 to 10^13. */
export const money = z.number({ error: 'money' }).int('money').min(0, 'money').max(1e13, 'money')

/** A range of whole đồng; at least one end is given. */
export const moneyRange = z
  .strictObject({ min: money.optional(), max: money.optional() })
  .refine((r) => r.min !== undefined || r.max !== undefined, { error: 'money' })
  .refine((r) => r.min === undefined || r.max === undefined || r.min <= r.max, { error: 'range' })

/** A calendar day, `YYYY-MM-DD`. */
export const plainDate = z.iso.date('date')

/** Id of a service, sector, size band, zone …: a short kebab-case word. Whether it exists is the taxonomy's to say. */
export const termId = z
  .string({ error: 'text' })
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'unknownTerm')
  .max(60, 'unknownTerm')

/** Ward code of the register after July 2025: five digits. */
export const wardCode = z.string({ error: 'text' }).regex(/^\d{5}$/, 'ward')

export type MoneyRange = z.infer<typeof moneyRange>
