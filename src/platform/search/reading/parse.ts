import { type Token, tokenise, words } from '../analyser/tokenise.js'

/** A query cut into what it asks for. */
export interface ParsedQuery {
  /** Words to be found, compounds whole. */
  tokens: readonly Token[]
  /** Phrases in quotes: their words, next to each other. */
  phrases: readonly (readonly Token[])[]
  /** Words or phrases after a minus: documents with them are left out. */
  excluded: readonly (readonly Token[])[]
}

// A minus counts at the start of a word only: "e-invoice" is one word, "kế toán - thuế" excludes nothing.
const OPERATOR = /(?<![^\s])(-?)["“”]([^"“”]*)["“”]|(?<![^\s])-(?=[\p{L}\p{N}])(\S+)/gu

// Longer queries are read to here: nobody types them, and each word costs time. In UTF-16 units, words, quotes and minuses.
const MAX_QUERY = 2000
const MAX_WORDS = 64
const MAX_OPERATORS = 8
const MAX_REPEATS = 3

/** Reads quotes and minus signs; everything else is words. Never fails: a lone quote is punctuation. */
export function parseQuery(q: string): ParsedQuery {
  const phrases: Token[][] = []
  const excluded: Token[][] = []
  const plain = q
    .slice(0, MAX_QUERY)
    .replace(OPERATOR, (_all, minus: string | undefined, quoted: string | undefined, word: string | undefined) => {
      const group = words(quoted ?? word ?? '')
      if (group.length > 0) (minus || word ? excluded : phrases).push(group)
      return ' '
    })
  return {
    tokens: withoutRepeats(tokenise(plain)).slice(0, MAX_WORDS),
    phrases: distinct(phrases).slice(0, MAX_OPERATORS),
    excluded: distinct(excluded).slice(0, MAX_OPERATORS),
  }
}

/** A word said over and over costs time and says no more. */
function withoutRepeats(tokens: readonly Token[]): Token[] {
  const times = new Map<string, number>()
  return tokens.filter(({ exact }) => {
    const before = times.get(exact) ?? 0
    times.set(exact, before + 1)
    return before < MAX_REPEATS
  })
}

/** Saying a phrase again asks for nothing else. */
function distinct(groups: readonly Token[][]): Token[][] {
  const byKeys = new Map(groups.map((group) => [group.map(({ exact }) => exact).join(' '), group]))
  return [...byKeys.values()]
}
