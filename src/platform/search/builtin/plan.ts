import type { WordForms } from '../analyser/forms.js'
import { isStopword } from '../analyser/stopwords.js'
import type { QueryWord, Reading } from '../reading/reading.js'
import { hasExactForm } from './document-terms.js'
import type { InvertedIndex } from './inverted-index.js'
import { best } from './ranking.js'
import type { Scanner } from './scanner.js'

/** One word to look for. A document scores by the best of the lists. */
export interface WordNode {
  kind: 'word'
  /** About how many documents have it. */
  holders: number
  /** Bit of the word in a document's mask; 0 where having it is optional. */
  mask: number
  rarity: number
  lists: readonly { list: number; weight: number }[]
  /** The accented form, if it was typed with accents: a preference. */
  exact: { list: number; rarity: number } | null
}

/** A phrase by the lists that must all hold a document: its pairs of neighbours, or its single word. */
export interface PhraseLists {
  lists: readonly number[]
  weight: number
  /** At most so many documents have it. */
  holders: number
}

/** Words that may also be said otherwise. A document scores by its words or by one of the phrases, whichever is better. */
export interface GroupNode {
  kind: 'group'
  /** About how many documents have it in one way or another. */
  holders: number
  mask: number
  rarity: number
  children: readonly PlanNode[]
  phrases: readonly PhraseLists[]
}

export type PlanNode = WordNode | GroupNode

/** What to score documents by. */
export interface Plan {
  nodes: readonly PlanNode[]
  /** Neighbours of the query that stand together in a document: a bonus. */
  pairs: readonly { list: number; rarity: number }[]
  /** The words a document must have to count as having all. */
  required: number
}

/** So many words are looked for however common they are. */
export const ALWAYS = 6
/** A word that so many documents have tells none of them apart beside rarer ones. */
export const COMMON = 10_000

/** Masks are 32 bits; later words are optional. */
const MAX_REQUIRED = 31
const MAX_PREFIX_WORDS = 40
const PREFIX_WEIGHT = 0.55
/** What a function word counts for among words that say something: `ai`, `là` and `for` are rare in some texts by chance only. */
export const FUNCTION_WORD = 0.3
/** Function words that two words may have between them and still be neighbours (`vợ của Ba Phi`, `vợ Ba Phi`). */
const MAX_BETWEEN = 2
/** A beginning that so many documents have says nothing yet: of its words the most used stand for all. */
const MAX_PREFIX_DOCUMENTS = 20_000

interface Range {
  from: number
  to: number
  phrases: PhraseLists[]
  inner: Range[]
}

/** Turns a reading into posting lists. `prefix`: the last word may go on. */
export function makePlan(reading: Reading, index: InvertedIndex, scanner: Scanner, options: { prefix: boolean }): Plan {
  const { words } = reading
  const meaningful = words.some((word) => !isStopword(word))
  const accents = words.some((word) => word.accented)
  const leaves = words.map((word, at) => {
    const mask = at < MAX_REQUIRED && !(meaningful && isStopword(word)) ? 1 << at : 0
    const prefix = options.prefix && at === words.length - 1
    const node = wordNode(word, mask, index, scanner, { prefix, accents })
    return meaningful && isStopword(word) ? scaled(node, FUNCTION_WORD) : node
  })
  const root: Range = { from: 0, to: words.length, phrases: [], inner: [] }
  const bySize = [...reading.alternatives].sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
  for (const { from, to, phrase, weight } of bySize) {
    const lists = phraseLists(phrase, index)
    const holders = Math.min(...(lists ?? []).map((list) => index.dictionary.count(list)))
    if (lists) place(root, { from, to, phrases: [{ lists, weight, holders }], inner: [] })
  }
  const top = toNode(root, leaves, scanner)
  const nodes = top.kind === 'group' && top.phrases.length === 0 ? top.children : [top]
  return withoutCommon({
    nodes,
    pairs: pairsOf(words, index, scanner),
    required: leaves.reduce((mask, leaf) => mask | leaf.mask, 0),
  })
}

/** The plan without words that tell no documents apart, if it has enough others: reading their lists takes long. */
function withoutCommon(plan: Plan): Plan {
  const telling = plan.nodes.filter(({ mask, holders }) => mask !== 0 && holders > 0)
  const rarest = new Set(telling.sort((a, b) => a.holders - b.holders).slice(0, ALWAYS))
  if (rarest.size < ALWAYS) return plan
  const common = new Set(plan.nodes.filter((node) => !rarest.has(node) && node.holders > COMMON))
  if (common.size === 0) return plan
  return {
    ...plan,
    nodes: plan.nodes.filter((node) => !common.has(node)),
    required: [...common].reduce((mask, node) => mask & ~node.mask, plan.required),
  }
}

function wordNode(
  word: QueryWord,
  mask: number,
  index: InvertedIndex,
  scanner: Scanner,
  { prefix, accents }: { prefix: boolean; accents: boolean },
): WordNode {
  const weights = new Map<number, number>()
  const use = (list: number | undefined, weight: number) => {
    if (list !== undefined && index.dictionary.count(list) > 0 && weight > (weights.get(list) ?? 0))
      weights.set(list, weight)
  }
  const own = index.dictionary.key(word.key)
  use(own, 1)
  for (const { key, weight } of word.variants) use(index.dictionary.key(key), weight)
  if (prefix) for (const { list, weight } of completions(word, index)) use(list, weight)
  const exact = prefersForm(word, accents) ? index.dictionary.exact(word.exact) : undefined
  return {
    kind: 'word',
    holders: [...weights.keys()].reduce((sum, list) => sum + index.dictionary.count(list), 0),
    mask,
    rarity: index.dictionary.count(own) > 0 ? scanner.rarity(own) : rarityOfAny([...weights.keys()], scanner),
    lists: [...weights].map(([list, weight]) => ({ list, weight })),
    exact: exact === undefined ? null : { list: exact, rarity: scanner.rarity(exact) },
  }
}

/** Whether the form typed is preferred: where somebody types accents at all, and a word of English that has other forms. */
export const prefersForm = (word: WordForms, accents: boolean): boolean =>
  (accents || word.key !== word.folded) && hasExactForm(word)

const scaled = (node: WordNode, factor: number): WordNode => ({
  ...node,
  rarity: node.rarity * factor,
  exact: node.exact && { ...node.exact, rarity: node.exact.rarity * factor },
})

/** A word that the last one may be the beginning of. */
interface Completion {
  word: string
  key: number
  count: number
}

/** The most used first. */
const byUse = (a: Completion, b: Completion) => b.count - a.count || (a.word < b.word ? -1 : 1)

/** Words that continue the one typed, the most used ones; the more is missing the less they count. */
function completions(
  { folded }: QueryWord,
  { vocabulary, dictionary }: InvertedIndex,
): { list: number; weight: number }[] {
  let found: Completion[] = []
  let least = 1
  vocabulary.eachWith(folded, (word, key) => {
    const count = dictionary.countOf(key)
    if (count < least) return true
    found.push({ word, key, count })
    // Thousands of words begin with one letter: most are not worth keeping until the end.
    if (found.length === MAX_PREFIX_WORDS * 8) {
      found = best(found, MAX_PREFIX_WORDS, byUse)
      least = found.at(-1)?.count ?? least
    }
    return true
  })
  let entries = 0
  return best(found, MAX_PREFIX_WORDS, byUse)
    .filter(({ count }) => {
      entries += count
      return entries === count || entries <= MAX_PREFIX_DOCUMENTS
    })
    .flatMap(({ key, word }) => {
      const list = dictionary.listOf(key)
      return list === undefined ? [] : [{ list, weight: PREFIX_WEIGHT * (folded.length / word.length) + 0.2 }]
    })
}

/** The words together are as rare as the most common of them. */
const rarityOfAny = (lists: readonly number[], scanner: Scanner) =>
  lists.length === 0 ? 0 : Math.min(...lists.map((list) => scanner.rarity(list)))

/** The lists that hold a phrase, or null where the index has no such phrase. */
export function phraseLists(phrase: readonly string[], index: InvertedIndex): number[] | null {
  const { dictionary } = index
  const [only, ...rest] = phrase
  const lists =
    rest.length === 0 ? [dictionary.key(only ?? '')] : rest.map((second, i) => dictionary.pair(phrase[i] ?? '', second))
  return lists.every((list): list is number => list !== undefined && dictionary.count(list) > 0) ? lists : null
}

/** Puts a range where it belongs; one that crosses another is left out. Longer ranges come first. */
function place(parent: Range, range: Range): void {
  if (range.from === parent.from && range.to === parent.to) {
    parent.phrases.push(...range.phrases)
    return
  }
  const around = parent.inner.find((inner) => inner.from <= range.from && inner.to >= range.to)
  if (around) place(around, range)
  else if (!parent.inner.some((inner) => inner.from < range.to && inner.to > range.from)) parent.inner.push(range)
}

function toNode(range: Range, leaves: readonly WordNode[], scanner: Scanner): PlanNode {
  const children: PlanNode[] = []
  for (let at = range.from; at < range.to; ) {
    const inner = range.inner.find(({ from }) => from === at)
    const leaf = leaves[at]
    if (inner) children.push(toNode(inner, leaves, scanner))
    else if (leaf) children.push(leaf)
    at = inner?.to ?? at + 1
  }
  const known = children.reduce((sum, child) => sum + child.rarity, 0)
  const rarity =
    known > 0 ? known : Math.min(...range.phrases.flatMap(({ lists }) => lists.map((list) => scanner.rarity(list))))
  return {
    kind: 'group',
    holders:
      Math.min(...children.map((child) => child.holders)) +
      range.phrases.reduce((sum, { holders }) => sum + holders, 0),
    mask: children.reduce((mask, child) => mask | child.mask, 0),
    rarity,
    children,
    phrases: range.phrases,
  }
}

function pairsOf(
  words: readonly QueryWord[],
  index: InvertedIndex,
  scanner: Scanner,
): { list: number; rarity: number }[] {
  const lists = new Set<number>()
  const use = (first: QueryWord, second: QueryWord | undefined) => {
    const list = second?.joined ? index.dictionary.pair(first.key, second.key) : undefined
    if (list !== undefined && index.dictionary.count(list) > 0) lists.add(list)
  }
  words.forEach((word, at) => {
    use(word, words[at + 1])
    if (!isStopword(word)) use(word, afterFunctionWords(words, at))
  })
  return [...lists].map((list) => ({ list, rarity: scanner.rarity(list) }))
}

/** The next word that says something in the same phrase, when only function words stand between. */
function afterFunctionWords(words: readonly QueryWord[], at: number): QueryWord | undefined {
  for (let to = at + 1; to <= at + 1 + MAX_BETWEEN; to++) {
    const next = words[to]
    if (!next?.joined) return undefined
    if (!isStopword(next)) return next
  }
  return undefined
}
