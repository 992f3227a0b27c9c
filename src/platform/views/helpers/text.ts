import type { HelperOptions, SafeString } from 'handlebars'
import type { ShownText } from '../../../kernel/text.js'
import { escapeHtml, markup } from '../escape.js'
import { renderMarkdown } from '../markdown.js'
import { viewOf } from './options.js'

/** Half-open range of UTF-16 offsets into the text. */
interface Span {
  start: number
  end: number
}

/** `{{t "common.nav.needs" count=3}}`: a text of the catalogue. */
export function t(key: string, options: HelperOptions): string {
  return viewOf(options).t(key, options.hash)
}

/** `{{text name}}`: a text written by people; one in the other language carries its `lang`. Nothing for null. */
export function text(shown: ShownText | string | null, options: HelperOptions): SafeString {
  return shown === null ? markup('') : inItsLanguage(shown, escapeHtml(wordsOf(shown)), 'span', options)
}

/** `{{mark tagline spans}}`: the same with the spans in `<mark>`. Spans are in order and do not overlap. */
export function mark(shown: ShownText | string, spans: readonly Span[], options: HelperOptions): SafeString {
  const words = wordsOf(shown)
  let html = ''
  let at = 0
  for (const { start, end } of spans) {
    if (start < at || end <= start || end > words.length) continue
    html += `${escapeHtml(words.slice(at, start))}<mark>${escapeHtml(words.slice(start, end))}</mark>`
    at = end
  }
  return inItsLanguage(shown, html + escapeHtml(words.slice(at)), 'span', options)
}

/** `{{paragraphs description}}`: a long text as `<p>` at each blank line, `<br>` at each single one. Nothing for null. */
export function paragraphs(shown: ShownText | string | null, options: HelperOptions): SafeString {
  if (shown === null) return markup('')
  const html = wordsOf(shown)
    .split(/\n\s*\n/)
    .filter((part) => part.trim())
    .map((part) => `<p>${escapeHtml(part.trim()).replace(/\n/g, '<br>')}</p>`)
    .join('')
  return inItsLanguage(shown, html, 'div', options)
}

/** `{{markdown words}}`: a text of the park's administrators, see `renderMarkdown`. Nothing for null. */
export function markdown(shown: ShownText | string | null, options: HelperOptions): SafeString {
  return shown === null ? markup('') : inItsLanguage(shown, renderMarkdown(wordsOf(shown)), 'div', options)
}

const wordsOf = (shown: ShownText | string) => (typeof shown === 'string' ? shown : shown.text)

function inItsLanguage(
  shown: ShownText | string,
  html: string,
  tag: 'span' | 'div',
  options: HelperOptions,
): SafeString {
  const own = typeof shown === 'string' || shown.lang === viewOf(options).lang
  return markup(own ? html : `<${tag} lang="${shown.lang}">${html}</${tag}>`)
}
