import { LANGUAGES, type Lang } from '../../../kernel/text.js'
import type { Status } from '../ranking/judgement.types.js'
import { type TextEvidence, tellingTerms, textEvidence } from '../ranking/text-evidence.rules.js'
import type { quotableTexts } from './quotes.rules.js'
import type { Quote, QuoteField } from './reason.types.js'

/** What one sentence of the firm must hold of a must's telling words to say it, or to say something close to it. */
const SAID = { share: 0.75, held: 3 }
const HINTED = { share: 0.6, held: 2 }
const SENTENCE = /[^.!?;\n]+(?:[.!?;](?!\s|$)[^.!?;\n]*)*/gu

/** Whether a firm's text speaks of a must, with the sentence that does; null when none does. */
export function findMustQuote(
  must: string,
  texts: ReturnType<typeof quotableTexts>,
): { status: Status; kind: 'said' | 'hinted'; quote: Quote } | null {
  const wanted = tellingTerms(must)
  let best: (TextEvidence & { sentence: string; lang: Lang; field: QuoteField }) | null = null
  for (const { field, text } of texts) {
    for (const lang of LANGUAGES) {
      for (const [match] of (text[lang] ?? '').matchAll(SENTENCE)) {
        const evidence = textEvidence(wanted, match)
        if (evidence.held > (best?.held ?? 0)) best = { ...evidence, sentence: match.trim(), lang, field }
      }
    }
  }
  if (!best || !reaches(best, HINTED)) return null
  const said = reaches(best, SAID)
  const quote: Quote = { field: best.field, words: { [best.lang]: best.sentence } }
  return { status: said ? 'met' : 'partly', kind: said ? 'said' : 'hinted', quote }
}

const reaches = ({ share, held }: TextEvidence, least: Pick<TextEvidence, 'share' | 'held'>) =>
  share >= least.share && held >= least.held
