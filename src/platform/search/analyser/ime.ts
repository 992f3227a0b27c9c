import { fold } from './fold.js'
import { isSyllable } from './syllable.js'

/** What one key of an input method does to the syllable typed so far. */
type Stroke = { tone: string } | { quality: 'circumflex' | 'horn' | 'breve' | 'stroke' }

const TONES: Readonly<Record<string, string>> = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' }
const VNI_TONES: Readonly<Record<string, string>> = { 1: '\u0301', 2: '\u0300', 3: '\u0309', 4: '\u0303', 5: '\u0323' }
const VNI_QUALITIES = { 6: 'circumflex', 7: 'horn', 8: 'breve', 9: 'stroke' } as const
const VOWEL = /[aeiouyâêôăơư]/u
const TYPED = /^[a-z][a-z0-9]{1,9}$/u

/**
 * The syllable that unfinished Telex (`phaanf`) or VNI (`pha6n2`, `phan62`) keystrokes stand for, with its accents; null when the
 * text holds no such keystroke, two different tones, or the outcome is no Vietnamese syllable. The caller decides whether the outcome is a known word.
 */
export function composeKeystrokes(typed: string): string | null {
  if (!TYPED.test(typed)) return null
  const strokeOf = /\d/u.test(typed) ? vniStroke : telexStroke
  let letters = ''
  let tone = ''
  let strokes = 0
  for (const key of typed) {
    const stroke = strokeOf(key, letters)
    if (!stroke) {
      letters += key
      continue
    }
    strokes++
    if ('tone' in stroke) {
      if (tone !== '' && tone !== stroke.tone) return null
      tone = stroke.tone
    } else letters = shape(letters, stroke.quality) ?? letters + key
  }
  if (strokes === 0 || !isSyllable(fold(letters))) return null
  return placeTone(letters, tone)
}

function telexStroke(key: string, typed: string): Stroke | null {
  const tone = TONES[key]
  if (tone) return VOWEL.test(typed) ? { tone } : null
  if (key === 'w')
    return { quality: /[ao][^ou]*$/u.test(typed) && /a/u.test(typed) && !/[uo]$/u.test(typed) ? 'breve' : 'horn' }
  if (key === 'd') return typed.startsWith('d') ? { quality: 'stroke' } : null
  return /[aeo]/u.test(key) && typed.includes(key) ? { quality: 'circumflex' } : null
}

function vniStroke(key: string, typed: string): Stroke | null {
  if (typed === '') return null
  const tone = VNI_TONES[key]
  if (tone) return VOWEL.test(typed) ? { tone } : null
  const quality = VNI_QUALITIES[Number(key) as keyof typeof VNI_QUALITIES]
  return quality ? { quality } : null
}

const CIRCUMFLEX: Readonly<Record<string, string>> = { a: 'â', e: 'ê', o: 'ô' }

/** The letters with one mark added, or null where no letter takes it. */
function shape(letters: string, quality: 'circumflex' | 'horn' | 'breve' | 'stroke'): string | null {
  switch (quality) {
    case 'stroke':
      return letters.startsWith('d') ? `đ${letters.slice(1)}` : null
    case 'breve':
      return letters.includes('a') ? letters.replace('a', 'ă') : null
    case 'horn':
      if (/u[oô]/u.test(letters)) return letters.replace(/u[oô]/u, 'ươ')
      if (letters.includes('o')) return letters.replace('o', 'ơ')
      if (/u/u.test(letters.replace(/^qu/u, 'q'))) return letters.replace(/(^qu)|u/u, (m) => (m === 'u' ? 'ư' : m))
      return VOWEL.test(letters) ? null : `${letters}ư`
    case 'circumflex':
      return /[aeo]/u.test(letters)
        ? letters.replace(/[aeo](?=[^aeo]*$)/u, (vowel) => CIRCUMFLEX[vowel] ?? vowel)
        : null
  }
}

/** Puts a tone on the vowel that carries it by the rules of spelling. */
function placeTone(letters: string, tone: string): string {
  if (tone === '') return letters
  const onset = /^(?:qu|gi(?=[aeiouyâêôăơư]))?[^aeiouyâêôăơư]*/u.exec(letters)?.[0].length ?? 0
  const rest = letters.slice(onset)
  const vowels = /^[aeiouyâêôăơư]+/u.exec(rest)?.[0] ?? ''
  const marked = Math.max(...[...'âêôăơư'].map((vowel) => vowels.lastIndexOf(vowel)))
  const closed = rest.length > vowels.length
  const at = marked >= 0 ? marked : closed ? vowels.length - 1 : Math.min(1, Math.floor((vowels.length - 1) / 2))
  const carrier = onset + at
  return `${letters.slice(0, carrier + 1)}${tone}${letters.slice(carrier + 1)}`.normalize('NFC')
}
