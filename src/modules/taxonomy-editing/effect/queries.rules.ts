import { fold, isStopword, words } from '../../../platform/search/index.js'
import { type Taxonomy, TERM_KINDS } from '../../taxonomy/index.js'
import { entriesOf } from '../acts/acts.rules.js'
import type { Entry } from '../acts/acts.types.js'
import { differencesOf } from '../acts/differences.rules.js'

/** More queries than this are not tried. */
export const MOST_QUERIES = 200

/** Fields whose words are what people type. */
const TYPED: ReadonlySet<string> = new Set(['name.vi', 'name.en', 'synonyms', 'abbreviations', 'cues'])

/**
 * Queries that a change of the taxonomy may answer otherwise, the likeliest first: words that go or come, what visitors have typed in
 * vain, the other words of the entries that change, and those of entries that have a word in common with what changes. `all`:
 * how many there would be.
 */
export function queriesToTry(
  before: Taxonomy,
  after: Taxonomy,
  missed: readonly string[],
): { queries: string[]; all: number } {
  const differences = differencesOf(before, after)
  const changed = differences.flatMap(({ of, change, fields }) => {
    const told = fields.flatMap(({ field, gone, come }) => {
      if (field === 'shortForms') return [...come, ...gone].map((pair) => pair.split(' = ')[0] ?? '')
      return TYPED.has(field) ? [...come, ...gone] : []
    })
    return change === 'retired' && of !== 'lists' ? [...told, of.name.vi, of.name.en] : told
  })
  const ids = new Set(differences.flatMap(({ of }) => (of === 'lists' ? [] : [`${of.kind} ${of.id}`])))
  const entries = [before, after].flatMap((taxonomy) =>
    TERM_KINDS.flatMap((kind) => entriesOf(taxonomy, kind).map((entry) => ({ key: `${kind} ${entry.id}`, entry }))),
  )
  const own = entries.filter(({ key }) => ids.has(key)).flatMap(({ entry }) => typedOf(entry))
  const parts = new Set(changed.flatMap(partsOf))
  const akin = entries
    .filter(({ key }) => !ids.has(key))
    .flatMap(({ entry }) => typedOf(entry).filter((word) => partsOf(word).some((part) => parts.has(part))))
  const queries = eachOnce([...changed, ...missed, ...own, ...akin])
  return { queries: queries.slice(0, MOST_QUERIES), all: queries.length }
}

const typedOf = ({ name, synonyms, abbreviations, cues }: Entry) => [
  ...[name.vi, name.en],
  ...synonyms,
  ...abbreviations,
  ...cues,
]

/** The words of a phrase that say something, without accents. */
const partsOf = (phrase: string) => words(phrase).flatMap((word) => (isStopword(word) ? [] : [word.folded]))

function eachOnce(queries: readonly string[]): string[] {
  const seen = new Set<string>()
  return queries.filter((query) => fold(query).trim() && !seen.has(fold(query)) && seen.add(fold(query)))
}
