import type { Span } from '../../platform/search/index.js'
import { fold, words } from '../../platform/search/index.js'
import { type Ward, wardsOf } from './register.js'

/** A ward named in a text. */
export interface FoundPlace {
  ward: Ward
  span: Span
}

/**
 * Finds wards of `province` that a text names, with or without "phường"/"xã" and accents; where accents are typed they are the
 * ward's ("văn phòng điện tử" is not in Phong Điền). A bare name counts only when it
 * has two syllables or more, since single ones ("Phú") are everyday words; the longest name at a place wins.
 */
export function findWards(text: string, province: string): FoundPlace[] {
  const found: FoundPlace[] = []
  const folded = foldKeepingLength(text)
  for (const ward of wardsOf(province).sort((a, b) => b.name.length - a.name.length)) {
    const bare = fold(ward.name).replace(/^(phuong|xa|dac khu) /, '')
    if (!bare.includes(' ')) continue
    const name = ward.name.slice(-bare.length)
    const at = wordIndex(folded, bare, (start) => agrees(text.slice(start, start + bare.length), name))
    const span = { start: at, end: at + bare.length }
    if (at < 0 || found.some((f) => span.start < f.span.end && f.span.start < span.end)) continue
    found.push({ ward, span })
  }
  return found.sort((a, b) => a.span.start - b.span.start)
}

/** Folds each UTF-16 unit by itself, so that offsets stay those of the original; marks become spaces only in NFD input. */
function foldKeepingLength(text: string): string {
  return Array.from({ length: text.length }, (_, i) => {
    const unit = text.charAt(i)
    const folded = fold(unit)
    return folded.length === 1 ? folded : unit
  }).join('')
}

/** Whether a name as typed can be this one: each word of it without accents, or with the same. */
function agrees(typed: string, name: string): boolean {
  const written = words(name)
  return words(typed.normalize('NFC')).every((word, at) => !word.accented || word.exact === written[at]?.exact)
}

function wordIndex(text: string, phrase: string, accepts: (start: number) => boolean): number {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const before = text[at - 1]
    const after = text[at + phrase.length]
    if ((!before || !/[a-z0-9]/.test(before)) && (!after || !/[a-z0-9]/.test(after)) && accepts(at)) return at
  }
  return -1
}
