/** The languages the product speaks; Vietnamese is the first. */
export const LANGUAGES = ['vi', 'en'] as const
export type Lang = (typeof LANGUAGES)[number]

/** A text written by people, in one language or both. */
export interface LocalText {
  vi?: string | undefined
  en?: string | undefined
}

/** A text as shown: its words and the language they are in, so that a fallback can carry `lang`. */
export interface ShownText {
  text: string
  lang: Lang
}

/** The text in the reader's language, else in the other one; null when neither is written. */
export function pickText(text: LocalText | null | undefined, lang: Lang): ShownText | null {
  if (!text) return null
  const other: Lang = lang === 'vi' ? 'en' : 'vi'
  const own = text[lang]
  if (own) return { text: own, lang }
  const fallback = text[other]
  return fallback ? { text: fallback, lang: other } : null
}

/** Both languages of a text as one list, for indexing. */
export function allTexts(text: LocalText | null | undefined): string[] {
  return [text?.vi, text?.en].filter((t): t is string => Boolean(t))
}
