import { LANGUAGES, type Lang, type LocalText, pickText, type ShownText } from '../../kernel/text.js'
import { bestSnippet, type Hit, type Span } from '../search/index.js'
import { spansIn } from './highlights.js'

/** A piece of a longer text with the places of the search's words in it. */
export interface Passage {
  text: ShownText
  spans: readonly Span[]
}

const LONGEST = 170

/**
 * The passage that says best why a record was found: the one with the most of the search's words, of equal ones that of the
 * earlier field. A text in the reader's language is taken before its translation. Null when the words stand in none.
 */
export function passageOf(
  hit: Hit,
  fields: readonly (readonly [field: string, texts: readonly (LocalText | undefined)[]])[],
  lang: Lang,
): Passage | null {
  const passages = fields.flatMap(([field, texts]) => texts.flatMap((text) => passageIn(hit, field, text, lang) ?? []))
  const most = Math.max(0, ...passages.map(marked))
  return passages.find((passage) => marked(passage) === most) ?? null
}

function passageIn(hit: Hit, field: string, local: LocalText | undefined, lang: Lang): Passage | null {
  for (const language of [lang, ...LANGUAGES]) {
    const text = local?.[language]
    const spans = text ? spansIn(hit, field, text) : []
    if (text && spans.length > 0) return cutPassage({ text, lang: language }, spans)
  }
  return null
}

const marked = ({ spans }: Passage) => spans.reduce((sum, { start, end }) => sum + end - start, 0)

/** What a record says first: its tagline; without one, how its description begins or where the words stand in it. */
export function introOf(
  hit: Hit,
  { tagline, description }: { tagline?: LocalText | undefined; description: LocalText },
  lang: Lang,
): Passage | null {
  const line = pickText(tagline, lang)
  if (line) return { text: line, spans: spansIn(hit, 'tagline', line.text) }
  const text = pickText(description, lang)
  return text && cutPassage(text, spansIn(hit, 'description', text.text))
}

/** The part of a text with the most marked words, or its beginning, with dots where something was left out. */
export function cutPassage({ text, lang }: ShownText, spans: readonly Span[], longest = LONGEST): Passage {
  const snippet = bestSnippet(text, spans, longest)
  const before = snippet.cutBefore ? '… ' : ''
  // The dots stay on the last word's line.
  const after = snippet.cutAfter ? '\u00a0…' : ''
  return {
    text: { text: before + snippet.text + after, lang },
    spans: snippet.spans.map(({ start, end }) => ({ start: start + before.length, end: end + before.length })),
  }
}
