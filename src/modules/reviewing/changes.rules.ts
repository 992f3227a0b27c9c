import type { ShownText } from '../../kernel/text.js'

/** A field of a record in words. */
export interface FieldWords {
  label: string
  values: ShownText[]
}

/** The fields that differ between what is public and what is asked for; both are written by the same hand, in one order. */
export function changedFields(before: readonly FieldWords[], after: readonly FieldWords[]) {
  return after.flatMap(({ label, values }, index) => {
    const old = before[index]?.values ?? []
    return saysTheSame(old, values) ? [] : [{ label, before: old, after: values }]
  })
}

/** The same for lists that leave out what is not said: each label that either of them has. */
export function changedWords(before: readonly FieldWords[], after: readonly FieldWords[]) {
  const labels = [...new Set([...before, ...after].map(({ label }) => label))]
  const whole = (words: readonly FieldWords[]) =>
    labels.map((label) => words.find((one) => one.label === label) ?? { label, values: [] })
  return changedFields(whole(before), whole(after))
}

const saysTheSame = (a: readonly ShownText[], b: readonly ShownText[]) =>
  a.length === b.length && a.every(({ text, lang }, i) => text === b[i]?.text && lang === b[i]?.lang)
