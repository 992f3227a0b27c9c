import { detectConcepts, type Lexicon, type Span, words as wordsOf } from '../../platform/search/index.js'
import { findWards } from '../geography/index.js'
import { sectorConcept, serviceConcept, type TaxonomyView } from '../taxonomy/index.js'

/** Something that the words of a search name. */
export interface Named {
  kind: 'service' | 'sector' | 'ward'
  id: string
  /** The words that say it, as offsets into what was typed; none where only a repaired reading says it. */
  spans: readonly Span[]
}

export interface Vocabulary {
  taxonomy: TaxonomyView
  lexicon: Lexicon
  /** Two-digit code; its wards are looked for. */
  province: string
}

/** Words that may be many things, a single syllable say, are not said to be one of them. */
const SURE = 0.6
/** What a short form may stand for beside something else; enough where the reading has chosen it. */
export const POSSIBLE = 0.3
const MOST = 4
/** What stands before the name of a place and goes with it. */
const BEFORE_PLACE =
  /(?<![^\s])(?:(?:ở|o|tại|tai|gần|gan|in|at|near)\s+)?(?:(?:phường|phuong|xã|xa|thị\s+xã|thi\s+xa|p\.?|x\.?)\s+)?$/iu

/** The services, sectors and places that words name: outright, by another name or by a short form. In the order of the words. */
export function namedIn(words: string, { taxonomy, lexicon, province }: Vocabulary, least = SURE): Named[] {
  const terms = detectConcepts(words, lexicon).found.flatMap(({ id, by, weight, spans }): Named[] => {
    if (by !== 'term' || weight < least) return []
    for (const [kind, prefix] of [
      ['service', serviceConcept('')],
      ['sector', sectorConcept('')],
    ] as const) {
      const term = id.slice(prefix.length)
      if (id.startsWith(prefix) && taxonomy[kind](term)) return [{ kind, id: term, spans }]
    }
    return []
  })
  const places = findWards(words, province)
    .filter(({ ward, span }) => agreesInAccents(words.slice(span.start, span.end), ward.name))
    .map(({ ward, span }): Named => ({ kind: 'ward', id: ward.code, spans: [withPreposition(words, span)] }))
    .filter(({ spans: [place] }) => place && !terms.some(({ spans }) => spans.some((span) => overlap(span, place))))
  return [...terms.slice(0, MOST), ...places].sort((a, b) => startOf(a) - startOf(b))
}

const startOf = ({ spans: [first] }: Named) => first?.start ?? 0

/** Accents may be left out, but those that were typed are meant. */
function agreesInAccents(typed: string, name: string): boolean {
  const target = wordsOf(name)
  const asked = wordsOf(typed)
  const from = target.length - asked.length
  return asked.every((word, i) => !word.accented || word.exact === target[from + i]?.exact)
}

function withPreposition(words: string, { start, end }: Span): Span {
  return { start: BEFORE_PLACE.exec(words.slice(0, start))?.index ?? start, end }
}

const overlap = (a: Span, b: Span) => a.start < b.end && b.start < a.end

/** The words without those at the spans. */
export function withoutSpans(words: string, spans: readonly Span[]): string {
  let rest = words
  for (const { start, end } of [...spans].sort((a, b) => b.start - a.start)) {
    rest = `${rest.slice(0, start)} ${rest.slice(end)}`
  }
  return rest.replace(/\s+/g, ' ').trim()
}
