import type { WordForms } from '../analyser/forms.js'
import { getOrCreate } from '../get-or-create.js'

/** An accented form and its number. */
export interface Spelling {
  text: string
  word: number
}

/** What a table is made of, in the order of the numbers. */
export interface StoredWords {
  /** The folded words that recall goes by; an empty one where the number is an accented form's. */
  keys: readonly string[]
  /** By accented form: its number, the folded word and how it is written. */
  exacts: readonly (readonly [exact: string, word: number, folded: string, text: string])[]
}

/** Numbers the words of an index: one for each folded word and one for each accented form. A word keeps its number. */
export class WordTable {
  private readonly keys = new Map<string, number>()
  private readonly exacts = new Map<string, number>()
  private readonly spellings = new Map<string, Spelling[]>()
  private count = 0

  /** A table as it was stored. */
  static from({ keys, exacts }: StoredWords): WordTable {
    const table = new WordTable()
    keys.forEach((key, word) => {
      if (key !== '') table.keys.set(key, word)
    })
    for (const [exact, word, folded, text] of exacts) {
      table.exacts.set(exact, word)
      getOrCreate(table.spellings, folded, () => []).push({ text, word })
    }
    table.count = keys.length
    return table
  }

  get size(): number {
    return this.count
  }

  key(key: string): number | undefined {
    return this.keys.get(key)
  }

  exact(exact: string): number | undefined {
    return this.exacts.get(exact)
  }

  /** The accented forms seen of a folded word. */
  spellingsOf(folded: string): readonly Spelling[] {
    return this.spellings.get(folded) ?? []
  }

  addKey(key: string): number {
    const known = this.keys.get(key)
    if (known !== undefined) return known
    this.keys.set(key, this.count)
    return this.count++
  }

  addExact({ exact, folded, text }: WordForms): number {
    const known = this.exacts.get(exact)
    if (known !== undefined) return known
    this.exacts.set(exact, this.count)
    getOrCreate(this.spellings, folded, () => []).push({ text, word: this.count })
    return this.count++
  }

  /** To be stored. */
  stored(): StoredWords {
    const keys = Array.from({ length: this.count }, () => '')
    for (const [key, word] of this.keys) keys[word] = key
    const exactOf = new Map([...this.exacts].map(([exact, word]) => [word, exact]))
    const exacts = [...this.spellings].flatMap(([folded, spellings]) =>
      spellings.map(({ text, word }) => [exactOf.get(word) ?? '', word, folded, text] as const),
    )
    return { keys, exacts }
  }
}
