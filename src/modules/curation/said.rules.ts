import { type Lang, type LocalText, pickText } from '../../kernel/text.js'

/** What a curator wrote at one field of what was sent. */
export interface FieldNote {
  /** The field's name in the record, and so in its form. */
  field: string
  note: string
}

/** What of a decision is for who waits: why it was refused, and what the curator added. */
interface Said {
  note: string | null
  reason?: LocalText | null
}

/** The words of a decision in the reader's language; null when there were none. */
export function saidIn({ note, reason }: Said, lang: Lang): string | null {
  const words = [pickText(reason ?? null, lang)?.text, note].filter(Boolean)
  return words.length > 0 ? words.join('\n\n') : null
}
