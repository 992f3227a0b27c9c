import { type Random, randomFrom, zipf } from './random.js'

/** An invented language with the shape of what firms write: Vietnamese syllables, most in words of two, foreign names, products. */
export interface Language {
  /** Distinct written words, the commonest first. */
  terms: readonly string[]
  /** `count` words or a few more, as they follow each other in a sentence. */
  text(random: Random, count: number): string
}

const ONSETS = ' b c ch d đ g gh gi h k kh l m n ng nh ph qu r s t th tr v x'.split(' ')
const VOWELS = [
  'aàáảãạ',
  'ăằắẳẵặ',
  'âầấẩẫậ',
  'eèéẻẽẹ',
  'êềếểễệ',
  'iìíỉĩị',
  'oòóỏõọ',
  'ôồốổỗộ',
  'ơờớởỡợ',
  'uùúủũụ',
  'ưừứửữự',
]
const CODAS = ' c ch m n ng nh p t'.split(' ')
const LATIN_ONSETS = 'b c d f g h j k l m n p r s t v w z bl br cl cr dr fl gr pl pr sc sh sp st th tr'.split(' ')
const LATIN_VOWELS = 'a e i o u ai ea io oo ou'.split(' ')
const LATIN_CODAS = ' b ck d ft g l ll m n nd ng nt p r rd s sk st t x'.split(' ')

/** Distinct terms of the language that firms and questions are invented in: more than 100,000 are then in use. */
export const TERMS = 130_000

/** What is written most, syllables; beyond these, foreign words. */
const SYLLABLES = 4_500
/** Words of two syllables, as most of Vietnamese. */
const COMPOUNDS = 40_000

/** The language of at least `size` distinct terms; the same for the same size. */
export function inventLanguage(size: number): Language {
  const random = randomFrom(size)
  const syllables = distinct(random, Math.min(SYLLABLES, size), syllable)
  const foreign = distinct(random, size - syllables.length, latin)
  const terms = [...syllables, ...foreign]
  const anySyllable = zipf(syllables.length)
  const compounds = distinct(random, Math.min(COMPOUNDS, size), () =>
    [syllables[anySyllable(random)], syllables[anySyllable(random)]].join(' '),
  )
  const anyCompound = zipf(compounds.length)
  const anyTerm = zipf(terms.length)
  return {
    terms,
    text: (using, count) => {
      const words: string[] = []
      for (let length = 0; length < count; ) {
        const pair = using.next() < 0.4
        words.push((pair ? compounds[anyCompound(using)] : terms[anyTerm(using)]) ?? '')
        length += pair ? 2 : 1
      }
      return words.join(' ')
    },
  }
}

function syllable(random: Random): string {
  const vowels = random.pick(VOWELS)
  return random.pick(ONSETS) + (vowels[random.below(vowels.length)] ?? '') + random.pick(CODAS)
}

function latin(random: Random): string {
  const parts = 2 + random.below(2)
  const stem = Array.from({ length: parts }, () => random.pick(LATIN_ONSETS) + random.pick(LATIN_VOWELS)).join('')
  return stem + random.pick(LATIN_CODAS)
}

function distinct(random: Random, count: number, make: (random: Random) => string): string[] {
  const made = new Set<string>()
  while (made.size < count) made.add(make(random))
  return [...made]
}
