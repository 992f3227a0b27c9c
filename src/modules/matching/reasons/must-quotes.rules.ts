import { LANGUAGES, type Lang } from '../../../kernel/text.js'
import type { ProviderProfile } from '../../providers/index.js'
import type { Status } from '../ranking/judgement.types.js'
import { sharedEvidence, type TextEvidence, tellingTerms } from '../ranking/text-evidence.rules.js'
import { quotableTexts } from './quotes.rules.js'
import type { Quote, QuoteField } from './reason.types.js'

/** What one sentence of the firm must hold of a must's telling words to say it, or to say something close to it. */
const SAID = { share: 0.75, held: 3 }
const HINTED = { share: 0.6, held: 2 }
const SENTENCE = /[^.!?;\n]+(?:[.!?;](?!\s|$)[^.!?;\n]*)*/gu
/** Words by which a sentence says that something is not so. */
const DENIES =
  /(?<!\p{L})(?:không(?! chỉ)|khong(?! chi)|chưa|chẳng|ko|not(?! only)|no|never|without|neither|cannot|\p{L}+n['’]t)(?!\p{L})/iu

const deniesSomething = (text: string) => DENIES.test(text.normalize('NFC'))

interface Sentence {
  text: string
  lang: Lang
  field: QuoteField
  telling: ReadonlySet<string>
  denies: boolean
}

/** A firm's sentences are read once, not for each must. */
const read = new WeakMap<ProviderProfile, readonly Sentence[]>()

function sentencesOf(profile: ProviderProfile): readonly Sentence[] {
  const known = read.get(profile)
  if (known) return known
  const sentences = quotableTexts(profile).flatMap(({ field, text }) =>
    LANGUAGES.flatMap((lang) =>
      [...(text[lang] ?? '').matchAll(SENTENCE)].map(([match]): Sentence => {
        const words = match.trim()
        return { text: words, lang, field, telling: tellingTerms(words), denies: deniesSomething(words) }
      }),
    ),
  )
  read.set(profile, sentences)
  return sentences
}

/**
 * Whether a firm's text speaks of a must, with the sentence that does; null when none does. One that denies what the must asks for,
 * or the other way round, speaks of something else: what it means is for people to say.
 */
export function findMustQuote(
  must: string,
  profile: ProviderProfile,
): { status: Status; kind: 'said' | 'hinted'; quote: Quote } | null {
  const wanted = tellingTerms(must)
  const denies = deniesSomething(must)
  let best: (TextEvidence & Sentence) | null = null
  for (const sentence of sentencesOf(profile)) {
    const evidence = sharedEvidence(wanted, sentence.telling)
    if (evidence.held > (best?.held ?? 0) && sentence.denies === denies) best = { ...evidence, ...sentence }
  }
  if (!best || !reaches(best, HINTED)) return null
  const said = reaches(best, SAID)
  const quote: Quote = { field: best.field, words: { [best.lang]: best.text } }
  return { status: said ? 'met' : 'partly', kind: said ? 'said' : 'hinted', quote }
}

const reaches = ({ share, held }: TextEvidence, least: Pick<TextEvidence, 'share' | 'held'>) =>
  share >= least.share && held >= least.held
