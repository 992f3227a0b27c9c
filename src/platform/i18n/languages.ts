import type { Lang } from '../../kernel/text.js'

const NAMES: Record<Lang, Intl.DisplayNames> = {
  vi: new Intl.DisplayNames(['vi'], { type: 'language', fallback: 'none' }),
  en: new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }),
}

/** The name of a language by its two-letter code: `Tiếng Khmer`, `Khmer`; undefined for a code that is no language. */
export const languageName = (lang: Lang, code: string): string | undefined =>
  /^[a-z]{2}$/.test(code) ? NAMES[lang].of(code) : undefined
