import type { Taxonomy, TaxonomyDeed } from '../../taxonomy/index.js'
import { entryOf, same } from './acts.rules.js'
import { type Act, type Entry, WORD_LISTS } from './acts.types.js'

/** What an act is called in the versions and in the audit. */
type Deed = 'add' | 'rename' | 'move' | 'change' | 'words' | 'merge' | 'retire' | 'lists' | 'restore'

export function deedOf(act: Act, before: Taxonomy): TaxonomyDeed & { act: Deed } {
  switch (act.act) {
    case 'add':
      return { act: 'add', details: { kind: act.kind, id: act.entry.id } }
    case 'change':
      return { act: changeOf(act.from, act.to), details: { kind: act.kind, id: act.from.id } }
    case 'word':
      return { act: 'words', details: { kind: act.kind, id: act.id } }
    case 'merge':
    case 'retire': {
      const { kind, id, successor } = act
      const name = entryOf(before, kind, id)?.name.vi ?? id
      return { act: act.act, details: { kind, id, name, ...(successor !== null && { successor }) } }
    }
    case 'lists':
      return { act: 'lists', details: {} }
    case 'restore':
      return { act: 'restore', details: { version: String(act.version) } }
  }
}

/** The one thing that was changed, or `change` for several. A former name that is kept belongs to the renaming. */
function changeOf(from: Entry, to: Entry): Deed {
  const renamed = !same(from.name, to.name)
  const former = renamed ? Object.values(from.name) : []
  const synonyms = to.synonyms.filter((word) => from.synonyms.includes(word) || !former.includes(word))
  const reworded = !same(wordsOf(from), wordsOf({ ...to, synonyms }))
  const changes: (Deed | false)[] = [
    renamed && 'rename',
    !same(from.group, to.group) && 'move',
    !same(from.summary, to.summary) && 'change',
    reworded && 'words',
  ]
  const [only, another] = changes.filter((one) => one !== false)
  return only && !another ? only : 'change'
}

const wordsOf = (entry: Entry) => WORD_LISTS.map((list) => entry[list])
