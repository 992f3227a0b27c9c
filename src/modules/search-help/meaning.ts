import type { ListState } from '../../platform/http/list-state.js'
import { type Named, namedIn, type Vocabulary, withoutSpans } from './named.rules.js'

/** What a list answers. */
interface Answered {
  list: { total: number; readAs: string | null }
}

/** Quotes and minus signs are meant as they stand. */
const OPERATORS = /["“”]|(?<![^\s])-(?=\S)/u

/**
 * Reads a list as its words are meant. A place among them (`hddt vi thanh`) is where a firm serves, and not a word that it uses: the
 * list is narrowed to it where that leaves something. What the words name is told with the answer.
 */
export async function readAsMeant<Answer extends Answered>(
  state: ListState,
  read: (state: ListState) => Promise<Answer>,
  vocabulary: Vocabulary,
): Promise<Answer & { named: readonly Named[] }> {
  if (!state.q || state.literal) return { ...(await read(state)), named: [] }
  const typed = namedIn(state.q, vocabulary)
  const terms = typed.filter(({ kind }) => kind !== 'ward')
  const place = placeAmong(typed, state)
  const there = place && { ...state, q: place.rest, selected: { ...state.selected, ward: [place.ward.id] } }

  if (place && there) {
    const answer = await read(there)
    if (answer.list.total > 0) return { ...answer, named: [...withReading(terms, answer, vocabulary), place.ward] }
  }
  const answer = await read(state)
  return { ...answer, named: withReading(terms, answer, vocabulary) }
}

/** The one place that is named, where none was chosen, and the words beside it. */
function placeAmong(named: readonly Named[], { q, selected }: ListState): { ward: Named; rest: string } | null {
  const [ward, another] = named.filter(({ kind }) => kind === 'ward')
  if (!ward || another || (selected.ward ?? []).length > 0 || OPERATORS.test(q)) return null
  return { ward, rest: withoutSpans(q, ward.spans) }
}

/** What is named by the words as they were read, beside what is named as they were typed. */
function withReading(typed: readonly Named[], { list }: Answered, vocabulary: Vocabulary): Named[] {
  const read = list.readAs === null ? [] : namedIn(list.readAs, vocabulary)
  const more = read.filter(
    ({ kind, id }) => kind !== 'ward' && !typed.some((one) => one.kind === kind && one.id === id),
  )
  return [...typed, ...more.map((one) => ({ ...one, spans: [] }))]
}
