import type { Token } from '../analyser/tokenise.js'
import { type Phrase, PhraseTrie, phraseWords } from './phrases.js'

/** Ways to say that something is not wanted. Not "không có" and "chưa có": what one does not have is often what one needs. */
const NEGATORS = [
  'không cần',
  'không muốn',
  'không phải',
  'không tìm',
  'không mua',
  'không thuê',
  'không quan tâm',
  'không bao gồm',
  'không nhận',
  'chưa cần',
  'khỏi cần',
  'khỏi',
  'đừng',
  'miễn là đừng',
  'ngoại trừ',
  'no need for',
  'no need to',
  'not need',
  'not needed',
  'dont need',
  'not want',
  'dont want',
  'not looking for',
  'not interested in',
  'no interest in',
  'without',
  'except',
] as const
/** A new wish ends what the negation covers. */
const TURNS: ReadonlySet<string> = new Set(['ma', 'nhung', 'chi', 'mien', 'but', 'only', 'just', 'rather'])
const REACH = 8

const trie = new PhraseTrie()
for (const text of NEGATORS) {
  const phrase: Phrase = { kind: 'term', concept: null, text, words: phraseWords(text), reading: null, spelt: false }
  trie.add(phrase)
}
/** Negators that are another word when typed without accents (`dung`: use; `khoi`: smoke). */
const ONLY_ACCENTED: ReadonlySet<string> = new Set(['khỏi', 'đừng'])

/** For each word, whether a negation before it in the same clause covers it. */
export function negatedWords(text: readonly Token[]): boolean[] {
  const negated = text.map(() => false)
  text.forEach((_, at) => {
    const match = trie.longestAt(
      text,
      at,
      ({ text: negator }) => !ONLY_ACCENTED.has(negator) || text[at]?.accented === true,
    )
    if (!match) return
    const end = Math.min(text.length, at + match.length + REACH)
    for (let i = at + match.length; i < end; i++) {
      const word = text[i]
      if (!word?.joined || TURNS.has(word.folded)) break
      negated[i] = true
    }
  })
  return negated
}
