import { Int32List } from './growable.js'
import { PairTable } from './pair-table.js'

/**
 * Numbers the posting lists of an index: one for each folded word, for each accented form, and for each pair of neighbours.
 * `create` makes a list and returns its number.
 */
export class Dictionary {
  private readonly keys = new Map<string, number>()
  private readonly exacts = new Map<string, number>()
  private readonly pairs = new PairTable()
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

  addKey(key: string): number {
    return this.keys.get(key) ?? this.put(this.keys, key)
  }

  addExact(exact: string): number {
    return this.exacts.get(exact) ?? this.put(this.exacts, exact)
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

  private put(map: Map<string, number>, name: string): number {
    const list = this.newList()
    map.set(name, list)
    return list
  }

  private newList(): number {
    const list = this.create()
    this.documents.set(list, 0)
    return list
  }
}
