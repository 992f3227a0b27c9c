import type { Token } from '../analyser/tokenise.js'
import type { PhraseTrie } from './phrases.js'

/**
 * Writes shorthands out (`htx khom` as hợp tác xã khóm). Each word written out stands where its short form stood in the text.
 */
export function expandShorthands(text: readonly Token[], trie: PhraseTrie): Token[] {
  const out: Token[] = []
  for (let at = 0; at < text.length; ) {
    const match = trie.longestAt(text, at, (phrase) => phrase.kind === 'shorthand')
    const token = text[at]
    const reading = match?.phrases[0]?.reading
    const last = text[at + (match?.length ?? 1) - 1]
    if (match && reading && token && last) {
      reading.words.forEach((word, i) => {
        out.push({ ...word, forms: word, start: token.start, end: last.end, joined: i > 0 || token.joined, parts: [] })
      })
    } else if (token) out.push(token)
    at += match?.length ?? 1
  }
  return out
}
