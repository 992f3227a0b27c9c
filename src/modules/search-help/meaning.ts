import type { ListState } from '../../platform/http/list-state.js'
import { type Named, namedIn, POSSIBLE, type Vocabulary, withoutSpans } from './named.rules.js'

/** What a list answers. */
export interface Answered {
  list: { total: number; readAs: string | null; suggestion: string | null }
}

/** Quotes and minus signs are meant as they stand. */
const OPERATORS = /["“”]|(?<![^\s])-(?=\S)/u

/**
 * Reads a list as its words are meant. A place among them (`hddt vi thanh`) is where a firm serves, and not a word that it uses: the
 * list is narrowed to it, beside the places that were chosen, where that leaves something. What the words name is told with the answer.
 */
export async function readAsMeant<Answer extends Answered>(
  state: ListState,
  read: (state: ListState) => Promise<Answer>,
  vocabulary: Vocabulary,
): Promise<Answer & { named: readonly Named[] }> {
  if (!state.q || state.literal) return { ...(await read(state)), named: [] }
  const named = namedIn(state.q, vocabulary)
  const places = OPERATORS.test(state.q) ? [] : named.filter(({ kind }) => kind === 'ward')
  if (places.length > 0) {
    const answer = await read(narrowedTo(places, state))
    if (answer.list.total > 0) {
      const list = { ...answer.list, suggestion: inPlaces(answer.list.suggestion, state.q, places) }
      return { ...answer, list, named: withReading(state.q, named, answer, vocabulary) }
    }
  }
  const answer = await read(state)
  const terms = named.filter(({ kind }) => kind !== 'ward')
  return { ...answer, named: withReading(state.q, terms, answer, vocabulary) }
}

const narrowedTo = (places: readonly Named[], { q, selected, ...state }: ListState): ListState => ({
  ...state,
  q: withoutSpans(
    q,
    places.flatMap(({ spans }) => spans),
  ),
  selected: { ...selected, ward: [...new Set([...(selected.ward ?? []), ...places.map(({ id }) => id)])] },
})

/** Another spelling of the words beside the places, with the places as they were typed. */
function inPlaces(spelling: string | null, q: string, places: readonly Named[]): string | null {
  if (spelling === null) return null
  const typed = places.flatMap(({ spans }) => spans.map(({ start, end }) => q.slice(start, end)))
  return [spelling, ...typed].join(' ')
}

/** What is named by the words as they were read, beside what is surely named as they were typed. */
function withReading(q: string, sure: readonly Named[], { list }: Answered, vocabulary: Vocabulary): Named[] {
  if (list.readAs === null) return [...sure]
  const possible = namedIn(q, vocabulary, POSSIBLE)
  const same = (a: Named) => (b: Named) => a.kind === b.kind && a.id === b.id
  const more = namedIn(list.readAs, vocabulary).filter((one) => one.kind !== 'ward' && !sure.some(same(one)))
  // Of what only a repaired spelling says, no words of those typed can be told.
  return [...more.map((one) => possible.find(same(one)) ?? { ...one, spans: [] }), ...sure]
}
