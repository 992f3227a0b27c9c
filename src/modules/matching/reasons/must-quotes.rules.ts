import { LANGUAGES, type Lang } from '../../../kernel/text.js'
import type { Status } from '../ranking/judgement.types.js'
import { tellingTerms } from '../ranking/text-evidence.rules.js'
import type { quotableTexts } from './quotes.rules.js'
import type { Quote, QuoteField } from './reason.types.js'

/** Share of a must's telling words that one sentence of the firm must hold to say it, or to say something like it. */
const SAID = 0.75
const HINTED = 0.5
/** A single pair of syllables meets by chance. */
const LEAST_TERMS = 2
const SENTENCE = /[^.!?;\n]+(?:[.!?;](?!\s|$)[^.!?;\n]*)*/gu

/** Whether a firm's text speaks of a must, with the sentence that does; null when none does. */
export function findMustQuote(
  must: string,
  texts: ReturnType<typeof quotableTexts>,
): { status: Status; kind: 'said' | 'hinted'; quote: Quote } | null {
  const wanted = tellingTerms(must)
  if (wanted.size < LEAST_TERMS) return null
  let best: { share: number; sentence: string; lang: Lang; field: QuoteField } | null = null
  for (const { field, text } of texts) {
    for (const lang of LANGUAGES) {
      for (const [match] of (text[lang] ?? '').matchAll(SENTENCE)) {
        const held = tellingTerms(match)
        const share = [...wanted].filter((term) => held.has(term)).length / wanted.size
        if (share > (best?.share ?? 0)) best = { share, sentence: match.trim(), lang, field }
      }
    }
  }
  if (!best || best.share < HINTED) return null
  const said = best.share >= SAID
  const quote: Quote = { field: best.field, words: { [best.lang]: best.sentence } }
  return { status: said ? 'met' : 'partly', kind: said ? 'said' : 'hinted', quote }
}
