import { escapeHtml } from '../escape.js'

// Words that say what kind of company it is, not which one.
const LEGAL_FORMS =
  /^(công ty|cty|co\.?|tnhh|cổ phần|cp|mtv|một thành viên|hợp tác xã|htx|doanh nghiệp tư nhân|dntn|hộ kinh doanh|the)(?=[\s.,]|$)[\s.,]*/iu

/** The initials of a firm: the first letters of its first two own words, without accents: `Công ty TNHH Ánh Trăng` gives `AT`. */
export function initialsOf(name: string): string {
  let own = name.normalize('NFC').trim()
  for (let rest = own.replace(LEGAL_FORMS, ''); rest && rest !== own; rest = own.replace(LEGAL_FORMS, '')) own = rest
  const words = own.match(/[\p{L}\p{N}]+/gu) ?? []
  const letters = words.slice(0, 2).map((word) => Array.from(word)[0] ?? '')
  return letters.join('').normalize('NFD').replace(/\p{M}/gu, '').toUpperCase() || '·'
}

/** A hue of 0 to 359 that belongs to the name and stays the same everywhere. */
export function hueOf(name: string): number {
  let hash = 2_166_136_261
  for (const char of name.normalize('NFC').toLowerCase()) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0
  }
  return hash % 360
}

/** Saturation and lightness keep white letters above 4.5 to 1 at every hue. */
export const LOGO_TONE = { saturation: 38, lightness: 32 } as const

/** A square of 48 px with the initials in white. Decoration: the name stands beside it. */
export function logoSvg(name: string): string {
  const fill = `hsl(${hueOf(name)}, ${LOGO_TONE.saturation}%, ${LOGO_TONE.lightness}%)`
  return (
    `<svg class="logo" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">` +
    `<rect width="48" height="48" rx="8" fill="${fill}"/>` +
    `<text x="24" y="30" text-anchor="middle" font-size="17" font-weight="700" fill="#fff">${escapeHtml(initialsOf(name))}</text></svg>`
  )
}
