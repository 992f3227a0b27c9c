import { getOrCreate } from '../get-or-create.js'

/** How the catalogue spells its words: for a folded word, the accented forms in use and in how many documents. */
export class Spellings {
  private readonly forms = new Map<string, Map<string, number>>()

  /** Counts a document in (`by` 1) or out (-1). */
  count(folded: string, text: string, by: 1 | -1): void {
    const forms = getOrCreate(this.forms, folded, () => new Map())
    const documents = (forms.get(text) ?? 0) + by
    if (documents > 0) forms.set(text, documents)
    else forms.delete(text)
  }

  /** The form that at least two thirds of the documents use, or null where none is that usual. */
  usual(folded: string): string | null {
    let total = 0
    let most = 0
    let best: string | null = null
    for (const [text, documents] of this.forms.get(folded) ?? []) {
      total += documents
      if (documents > most) {
        most = documents
        best = text
      }
    }
    return best !== null && most * 3 >= total * 2 ? best : null
  }
}
