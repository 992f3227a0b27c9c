import type { WordForms } from '../analyser/forms.js'
import { flatten, tokenise } from '../analyser/tokenise.js'
import type { FieldValue } from '../port.js'
import type { Dictionary } from './dictionary.js'
import { hasExactForm, textsOf } from './document-terms.js'
import { Int32List } from './growable.js'

/**
 * Counts what a text field is indexed under: after `read`, `lists` holds the numbers of its growing posting lists, each once, and
 * `frequency` how often each occurs. Words new to the dictionary are added to it. Valid until the next `read`.
 */
export class TermCounter {
  /** Number of words. */
  length = 0
  lists: number[] = []
  private readonly frequencies = new Int32List()

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
    for (const token of tokens) if (token.parts.length > 0) this.addWord(token)
    const words = flatten(tokens)
    this.length += words.length
    let before = -1
    for (const word of words) {
      const key = this.addWord(word)
      if (hasExactForm(word)) this.add(this.dictionary.freshOf(this.dictionary.addExact(word)))
      if (before >= 0 && word.joined) this.add(this.dictionary.freshPair(before, key))
      before = key
    }
  }

  private addWord({ key, folded }: WordForms): number {
    const word = this.dictionary.addKey(key)
    this.newWord(folded, word)
    this.add(this.dictionary.freshOf(word))
    return word
  }

  private add(list: number): void {
    const frequency = list < this.frequencies.length ? this.frequencies.get(list) : 0
    if (frequency === 0) this.lists.push(list)
    this.frequencies.set(list, frequency + 1)
  }
}
