/**
 * Whether a short form is made of the beginnings of a phrase's words, in order and none left out: `pmkt`, `pm ke toan` and
 * `pmem kt` all spell `phan mem ke toan`. Both are given folded.
 */
export function spells(shortForm: readonly string[], phrase: readonly string[]): boolean {
  const letters = shortForm.join('')
  if (letters.length < phrase.length || letters.length > 40) return false
  return consumes(letters, 0, phrase, 0)
}

function consumes(letters: string, at: number, phrase: readonly string[], index: number): boolean {
  const word = phrase[index]
  if (word === undefined) return at === letters.length
  for (let length = 1; length <= word.length && letters[at + length - 1] === word[length - 1]; length++) {
    if (consumes(letters, at + length, phrase, index + 1)) return true
  }
  return false
}
