import type { Request } from 'express'
import { CSRF_FIELD } from '../../platform/http/csrf.js'
import type { Values } from './sections/section.types.js'

/** A form of the settings as it was sent. */
export interface SentForm {
  /** What was filled in; what is blank is left out. */
  values: Values
  /** The version it was begun with; NaN for what no form of ours sends, which no version is. */
  seen: number
  /** The button that was pressed; empty for the one that saves. */
  act: string
}

export function readSent(req: Request): SentForm {
  const { [CSRF_FIELD]: _, seen, act, ...fields } = (req.body ?? {}) as Record<string, unknown>
  const filled = Object.entries(fields).flatMap(([name, value]) => {
    // Browsers send each line's end as two characters and count one.
    const text = typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : String(value).trim()
    return text === '' ? [] : [[name, text] as const]
  })
  return {
    values: Object.fromEntries(filled),
    seen: typeof seen === 'string' && /^\d{1,9}$/.test(seen) ? Number(seen) : Number.NaN,
    act: typeof act === 'string' ? act : '',
  }
}
