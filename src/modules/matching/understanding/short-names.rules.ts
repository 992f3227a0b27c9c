import { compileLexicon, type Lexicon, type Span, type Token, words } from '../../../platform/search/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { serviceConcept } from '../../taxonomy/index.js'
import { asTyped, shortNames } from './short-names.js'
import type { NamedService } from './wanted-services.rules.js'

/** What a name is worth that is all there is: as much as one of the taxonomy; an open one is a question to the reader, and never sure. */
const WORTH = { names: 0.9, open: 0.36 } as const
type Sureness = keyof typeof WORTH

/** What is typed around a name and says nothing more. Not "mua", "thuê", "sửa", "học": they may make another thing of it. */
const AROUND: ReadonlySet<string> = new Set(
  (
    'cần muốn tìm kiếm hỏi về xin giá báo dịch vụ một cái bộ bên nào ai có biết làm giúp cho ở tại tui tôi mình em ạ nha nhé với đi ơi ' +
    'can muon tim kiem hoi ve xin gia bao dich vu mot cai bo ben nao co biet lam giup o tai toi minh voi ' +
    'need want looking for look some a an the service services help with we i me us our my at please quote price'
  ).split(' '),
)
/** A longer part is a sentence and no name. Words. */
const MOST_WORDS = 10

/**
 * The services that a text asks for which is nothing but their names: "kế toán", "chấm công, camera", "need training". In a longer
 * text the same words may be anything ("đào tạo lái xe"), so there they say nothing. Takes a text without greetings, places and sums.
 */
export function servicesNamedAlone(text: string, lexicon: Lexicon, taxonomy: TaxonomyView): NamedService[] {
  const found = new Map<string, NamedService>()
  for (const part of partsOf(words(text))) {
    const named = namedBy(part)
    // One part that is no name makes a sentence of the whole.
    if (named.length === 0 && !isPhraseOf(part, lexicon)) return []
    for (const one of named) if (taxonomy.service(one.id) && !found.has(one.id)) found.set(one.id, one)
  }
  return [...found.values()]
}

/** A list's parts: what stands between commas, "và" and the like. */
function partsOf(all: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]]
  for (const token of all) {
    const links = AND.has(token.text)
    if (links || !token.joined) parts.push([])
    if (!links) parts.at(-1)?.push(token)
  }
  return parts.filter((part) => part.length > 0)
}

const AND: ReadonlySet<string> = new Set(['và', 'va', 'and', 'hoặc', 'or'])

/** The services whose name is all of a part but what asks for it. */
function namedBy(part: readonly Token[]): NamedService[] {
  for (const [from, to] of cores(part)) {
    const match = compiled().trie.longestAt(part.slice(from, to), 0)
    if (match?.length !== to - from) continue
    const span: Span = { start: part[from]?.start ?? 0, end: part[to - 1]?.end ?? 0 }
    return match.phrases.flatMap(({ concept }) => (concept === null ? [] : [asNamed(concept, span)]))
  }
  return []
}

const isPhraseOf = (part: readonly Token[], lexicon: Lexicon): boolean =>
  cores(part).some(([from, to]) => {
    const match = compileLexicon(lexicon).trie.longestAt(part.slice(from, to), 0, ({ concept }) =>
      Boolean(concept?.startsWith(serviceConcept(''))),
    )
    return match?.length === to - from
  })

/** What is left of a part without words that ask, the longest first: "kiểm kho" without accents begins with one. */
function cores(part: readonly Token[]): [from: number, to: number][] {
  if (part.length > MOST_WORDS) return []
  const asks = part.map(({ text }) => AROUND.has(text))
  const starts = part.flatMap((_, from) => (asks.slice(0, from).every(Boolean) ? [from] : []))
  const ends = part.flatMap((_, last) => (asks.slice(last + 1).every(Boolean) ? [last + 1] : []))
  return starts
    .flatMap((from) => ends.filter((to) => to > from).map((to): [number, number] => [from, to]))
    .sort((a, b) => b[1] - b[0] - (a[1] - a[0]))
}

const asNamed = (concept: string, span: Span): NamedService => {
  const [sureness, id = ''] = concept.split(':')
  return { id, weight: WORTH[sureness as Sureness], spans: [span], source: 'text', outright: true }
}

let made: ReturnType<typeof compileLexicon> | undefined

/** The names in the form in which phrases are found, made ready when they are first needed. */
function compiled() {
  made ??= compileLexicon({ version: 1, concepts: conceptsOf(), abbreviations: {} })
  return made
}

const conceptsOf = () =>
  (Object.keys(WORTH) as Sureness[]).flatMap((sureness) =>
    Object.entries(shortNames()[sureness]).map(([id, names]) => ({
      ...{ id: `${sureness}:${id}`, terms: names.flatMap(asTyped), abbreviations: [], cues: [] },
    })),
  )
