import type { WordForms } from '../analyser/forms.js'
import { flatten, tokenise } from '../analyser/tokenise.js'
import type { FieldValue } from '../port.js'
import type { Dictionary } from './dictionary.js'
import { hasExactForm, textsOf } from './document-terms.js'
import { Int32List } from './growable.js'

/** The number of a word, and of the lists it is in. */
interface Numbers {
  key: number
  list: number
  /** Of its accented form; `NONE` where it has no list of its own. */
  exactList: number
}

const NONE = -1
/** The numbers of so many words are remembered. */
const REMEMBERED = 2 ** 16

/**
 * Counts what a text field is indexed under: after `read`, `lists` holds the numbers of its growing posting lists, each once, and
 * `frequency` how often each occurs. Words new to the dictionary are added to it. Valid until the next `read`.
 */
export class TermCounter {
  /** Number of words. */
  length = 0
  lists: number[] = []
  private readonly frequencies = new Int32List()
  /** By the words as they are written. */
  private readonly numbers = new Map<string, Numbers>()

  constructor(
    private readonly dictionary: Dictionary,
    private readonly newWord: (folded: string, key: number) => void,
  ) {}

  frequency(list: number): number {
    return this.frequencies.get(list)
  }

  read(value: FieldValue | undefined): void {
    for (const list of this.lists) this.frequencies.data[list] = 0
    this.lists = []
    this.length = 0
    for (const text of textsOf(value)) this.addText(text)
  }

  private addText(text: string): void {
    const tokens = tokenise(text)
    for (const token of tokens) if (token.parts.length > 0) this.add(this.numbersOf(token).list)
    const words = flatten(tokens)
    this.length += words.length
    let before = -1
    for (const word of words) {
      const { key, list, exactList } = this.numbersOf(word)
      this.add(list)
      if (exactList !== NONE) this.add(exactList)
      if (before >= 0 && word.joined) this.add(this.dictionary.freshPair(before, key))
      before = key
    }
  }

  private numbersOf(forms: WordForms): Numbers {
    const known = this.numbers.get(forms.text)
    if (known) return known
    const key = this.dictionary.addKey(forms.key)
    this.newWord(forms.folded, key)
    const list = this.dictionary.freshOf(key)
    const exactList = hasExactForm(forms) ? this.dictionary.freshOf(this.dictionary.addExact(forms)) : NONE
    const found = { key, list, exactList }
    if (this.numbers.size >= REMEMBERED) this.numbers.clear()
    this.numbers.set(forms.text, found)
    return found
  }

  private add(list: number): void {
    const frequency = list < this.frequencies.length ? this.frequencies.get(list) : 0
    if (frequency === 0) this.lists.push(list)
    this.frequencies.set(list, frequency + 1)
  }
}
