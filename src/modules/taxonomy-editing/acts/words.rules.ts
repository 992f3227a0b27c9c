import { fold, isStopword, isSyllable, words } from '../../../platform/search/index.js'
import { type Taxonomy, TERM_KINDS, type TermKind } from '../../taxonomy/index.js'
import { entriesOf, entryOf } from './acts.rules.js'
import { type Act, type Entry, WORD_LISTS, type WordList } from './acts.types.js'

/** Something to look at before a word is kept. It is kept all the same if the curator says so. */
export interface Warning {
  /** `taken`: another entry has the word; `short`: it says too little alone; `general`: words that stand in any text. */
  code: 'taken' | 'short' | 'general'
  word: string
  /** Who has it already: an entry, or null for the short forms that are no entry. */
  holder: { kind: TermKind; entry: Entry } | null
}

/** Where a word stands. */
interface Place {
  word: string
  list: WordList | 'name'
}

/** What is worth a warning in the words that an act brings. Words that were there before are not looked at again. */
export function warningsOf(act: Act, before: Taxonomy, after: Taxonomy): Warning[] {
  if (act.act === 'restore' || act.act === 'lists' || act.act === 'retire' || act.act === 'merge') return []
  const id = act.act === 'word' ? act.id : act.act === 'add' ? act.entry.id : act.from.id
  const now = entryOf(after, act.kind, id)
  if (!now) return []
  const old = entryOf(before, act.kind, id)
  const known = new Set(old ? placesOf(old).map(keyOf) : [])
  const holders = holdersOf(before, act.kind, id)
  return placesOf(now)
    .filter((place) => !known.has(keyOf(place)))
    .flatMap((place) => warningOf(place, holders))
}

function warningOf({ word, list }: Place, holders: ReadonlyMap<string, Warning['holder']>): Warning[] {
  const holder = holders.get(fold(word))
  if (holder !== undefined) return [{ code: 'taken', word, holder }]
  const meaning = words(word).filter((one) => !isStopword(one))
  if (meaning.length === 0) return [{ code: 'general', word, holder: null }]
  const [only, second] = meaning
  // One syllable stands in very many words of Vietnamese, and one or two letters in anything.
  const alone = only !== undefined && second === undefined
  if (list === 'cues' ? alone : alone && list !== 'abbreviations' && isSyllable(only.folded)) {
    return [{ code: 'short', word, holder: null }]
  }
  return fold(word).replace(/\s/g, '').length <= 1 ? [{ code: 'short', word, holder: null }] : []
}

const placesOf = (entry: Entry): Place[] => [
  { word: entry.name.vi, list: 'name' },
  { word: entry.name.en, list: 'name' },
  ...WORD_LISTS.flatMap((list) => entry[list].map((word) => ({ word, list }))),
]

const keyOf = ({ word, list }: Place) => `${list === 'cues' ? 'cue' : 'term'} ${fold(word)}`

/** Every word of all other entries and every short form, by how it is compared. */
function holdersOf(taxonomy: Taxonomy, ownKind: TermKind, ownId: string): Map<string, Warning['holder']> {
  const holders = new Map<string, Warning['holder']>()
  for (const kind of TERM_KINDS) {
    for (const entry of entriesOf(taxonomy, kind)) {
      if (kind === ownKind && entry.id === ownId) continue
      for (const { word } of placesOf(entry)) if (!holders.has(fold(word))) holders.set(fold(word), { kind, entry })
    }
  }
  for (const short of Object.keys(taxonomy.abbreviations)) {
    if (!holders.has(fold(short))) holders.set(fold(short), null)
  }
  return holders
}
