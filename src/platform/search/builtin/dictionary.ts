import type { WordForms } from '../analyser/forms.js'
import { getOrCreate } from '../get-or-create.js'
import { Int32List } from './growable.js'
import { PairTable } from './pair-table.js'

/** An accented form and its list. */
export interface Spelling {
  text: string
  list: number
}

/**
 * Numbers the posting lists of an index: one for each folded word, for each accented form, and for each pair of neighbours.
 * `create` makes a list and returns its number.
 */
export class Dictionary {
  private readonly keys = new Map<string, number>()
  private readonly exacts = new Map<string, number>()
  private readonly pairs = new PairTable()
  private readonly spellings = new Map<string, Spelling[]>()
  /** Documents that hold each list's word, the removed ones left out. */
  readonly documents = new Int32List()

  constructor(private readonly create: () => number) {}

  key(key: string): number | undefined {
    return this.keys.get(key)
  }

  exact(exact: string): number | undefined {
    return this.exacts.get(exact)
  }

  /** The list of two neighbouring words, given by their folded forms. */
  pair(first: string, second: string): number | undefined {
    const a = this.keys.get(first)
    const b = this.keys.get(second)
    return a === undefined || b === undefined ? undefined : this.pairs.get(a, b)
  }

  /** The accented forms seen of a folded word. */
  spellingsOf(folded: string): readonly Spelling[] {
    return this.spellings.get(folded) ?? []
  }

  addKey(key: string): number {
    const known = this.keys.get(key)
    if (known !== undefined) return known
    const list = this.newList()
    this.keys.set(key, list)
    return list
  }

  addExact({ exact, folded, text }: WordForms): number {
    const known = this.exacts.get(exact)
    if (known !== undefined) return known
    const list = this.newList()
    this.exacts.set(exact, list)
    getOrCreate(this.spellings, folded, () => []).push({ text, list })
    return list
  }

  addPair(first: number, second: number): number {
    const known = this.pairs.get(first, second)
    if (known !== undefined) return known
    const list = this.newList()
    this.pairs.set(first, second, list)
    return list
  }

  /** Number of live documents in a list; 0 for none. */
  count(list: number | undefined): number {
    return list === undefined ? 0 : this.documents.get(list)
  }

  private newList(): number {
    const list = this.create()
    this.documents.set(list, 0)
    return list
  }
}
