import { LANGUAGES, type LocalText } from '../../../kernel/text.js'
import { bestSnippet, findSpans, type Lexicon } from '../../../platform/search/index.js'
import type { ProviderProfile } from '../../providers/index.js'
import { withoutDenials } from '../offers/denials.rules.js'
import type { Quote, QuoteField } from './reason.types.js'

/** A quote is read at a glance: a text up to `WHOLE` stands as it is, of a longer one a piece. UTF-16 units. */
const WHOLE = 240
const MOST = 190
/** A long sentence is ended at a comma rather than in the middle of a clause, unless too little would be left. */
const LEAST = 60

/** What quotes are looked up by. */
export interface QuoteWords {
  /** Words of the need that the firm's text holds. */
  terms: readonly string[]
  /** Names of the service in question; with the lexicon they stand for all of its phrases. */
  names: readonly string[]
  lexicon: Lexicon
}

/** The texts of a firm that may be quoted, the most telling first. */
export function quotableTexts(p: ProviderProfile): { field: QuoteField; text: LocalText }[] {
  const of = (field: QuoteField, texts: readonly (LocalText | undefined)[]) =>
    texts.flatMap((text) => (text ? [{ field, text }] : []))
  return [
    ...of(
      'evidence',
      p.services.map((s) => s.evidence),
    ),
    ...of('tagline', [p.tagline]),
    ...of('feature', p.features),
    ...of('benefit', p.benefits),
    ...of('description', [p.description]),
    ...of(
      'case',
      p.cases.map((c) => c.result),
    ),
  ]
}

/** The most telling piece of a text, in each language it is written in, verbatim. */
export function quoteFrom(field: QuoteField, text: LocalText, words: QuoteWords): Quote | null {
  const pieces = LANGUAGES.flatMap((lang) => {
    const original = text[lang]
    return original ? [[lang, piece(original, words)] as const] : []
  })
  return pieces.length > 0 ? { field, words: Object.fromEntries(pieces) } : null
}

/** The first of the texts that names what is looked for, in the languages in which it does; null when none does. */
export function quoteNaming(texts: readonly { field: QuoteField; text: LocalText }[], words: QuoteWords): Quote | null {
  for (const { field, text } of texts) {
    const naming = LANGUAGES.filter(
      (lang) => findSpans(withoutDenials(text[lang] ?? ''), words.names, words.lexicon).length > 0,
    )
    if (naming.length > 0) return quoteFrom(field, Object.fromEntries(naming.map((lang) => [lang, text[lang]])), words)
  }
  return null
}

/** A clause as it stands in the first of a firm's texts that holds it; null when none does any more. */
export function quoteOf(clause: string, profile: ProviderProfile): Quote | null {
  for (const { field, text } of quotableTexts(profile)) {
    const lang = LANGUAGES.find((one) => text[one]?.includes(clause))
    if (lang) return { field, words: { [lang]: clause } }
  }
  return null
}

function piece(original: string, { terms, names, lexicon }: QuoteWords): string {
  if (original.length <= WHOLE) return original.trim()
  const told = withoutDenials(original)
  const found = [...findSpans(told, names, lexicon), ...findSpans(told, terms)].sort((a, b) => a.start - b.start)
  const { text, cutAfter, spans } = bestSnippet(original, found, MOST)
  const end = endOfSentence(text, Math.max(0, ...spans.map(({ end }) => end)))
  if (end > 0) return text.slice(0, end)
  if (!cutAfter || /[.!?;]$/u.test(text)) return text
  const comma = Math.max(text.lastIndexOf(','), text.lastIndexOf(';'), text.lastIndexOf(':'))
  return comma >= LEAST ? text.slice(0, comma) : text
}

/** Where the sentence ends that holds `at`; 0 when the text ends first or too little would be left. */
function endOfSentence(text: string, at: number): number {
  const end = at > 0 ? text.slice(at).search(/[.!?](?=\s)/u) : -1
  return end >= 0 && at + end + 1 >= LEAST ? at + end + 1 : 0
}
