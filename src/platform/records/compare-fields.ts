import { diffArrays } from 'diff'
import type { Lang, ShownText } from '../../kernel/text.js'
import { compareTexts, type Effort, newEffort, type Stretch } from './compare-texts.js'

/** A field of a record in words: what it is called, and all that it says. */
export interface FieldWords {
  /** Tells fields apart; what curators' notes hang on. */
  field: string
  label: string
  values: readonly ShownText[]
}

/** One value of a field, with what of it the other side has not. */
export interface ComparedValue {
  lang: Lang
  stretches: readonly Stretch[]
}

/** A field that differs. */
export interface FieldChange {
  field: string
  label: string
  before: readonly ComparedValue[]
  after: readonly ComparedValue[]
}

// Lists longer than this in differences are compared place by place.
const MOST_EDITS = 400

/**
 * The fields that differ between two versions of a record, in the later one's order, those that are gone last. Values
 * that stand in both lists are found again wherever they moved; one that was rewritten is compared word by word.
 */
export function compareFields(before: readonly FieldWords[], after: readonly FieldWords[]): FieldChange[] {
  const old = new Map(before.map((one) => [one.field, one]))
  const young = new Map(after.map((one) => [one.field, one]))
  const fields = [...new Set([...young.keys(), ...old.keys()])]
  const effort = newEffort()
  return fields.flatMap((field) => {
    const [was, is] = [old.get(field), young.get(field)]
    const sides = compareValues(was?.values ?? [], is?.values ?? [], effort)
    return sides ? [{ field, label: (is ?? was)?.label ?? field, ...sides }] : []
  })
}

/** The two sides of one field; null when they say the same. */
function compareValues(before: readonly ShownText[], after: readonly ShownText[], effort: Effort) {
  const keys = (values: readonly ShownText[]) => values.map(({ lang, text }) => `${lang} ${text}`)
  const [old, young] = [keys(before), keys(after)]
  if (old.length === young.length && old.every((key, i) => key === young[i])) return null
  const steps = diffArrays(old, young, { maxEditLength: MOST_EDITS }) ?? [
    { count: old.length, removed: true, added: false },
    { count: young.length, removed: false, added: true },
  ]
  const sides: { before: ComparedValue[]; after: ComparedValue[] } = { before: [], after: [] }
  let [at, to] = [0, 0]
  let [gone, come]: [ShownText[], ShownText[]] = [[], []]
  const flush = () => {
    const rewritten = compareRewritten(gone, come, effort)
    sides.before.push(...rewritten.before)
    sides.after.push(...rewritten.after)
    gone = []
    come = []
  }
  for (const { count, removed, added } of steps) {
    if (removed) gone.push(...before.slice(at, at + count))
    else if (added) come.push(...after.slice(to, to + count))
    else {
      flush()
      const kept = before.slice(at, at + count).map((value) => whole(value, 'same'))
      sides.before.push(...kept)
      sides.after.push(...kept)
    }
    if (!added) at += count
    if (!removed) to += count
  }
  flush()
  return sides
}

/** Values that stand in one place of the list before and after, each with the next one in its language. */
function compareRewritten(gone: readonly ShownText[], come: readonly ShownText[], effort: Effort) {
  const partners = new Map<ShownText, ShownText>()
  const free = [...come]
  for (const value of gone) {
    const index = free.findIndex(({ lang }) => lang === value.lang)
    const [partner] = index < 0 ? [] : free.splice(index, 1)
    if (partner) partners.set(value, partner)
  }
  const stretches = new Map([...partners].map(([was, is]) => [was, compareTexts(was.text, is.text, effort)]))
  const wasOf = new Map([...partners].map(([was, is]) => [is, was]))
  const side = (value: ShownText, key: ShownText | undefined, kind: 'gone' | 'come'): ComparedValue => {
    const found = key && stretches.get(key)
    if (!found) return whole(value, kind)
    const other = kind === 'gone' ? 'come' : 'gone'
    return { lang: value.lang, stretches: found.filter((one) => one.kind !== other) }
  }
  return {
    before: gone.map((value) => side(value, value, 'gone')),
    after: come.map((value) => side(value, wasOf.get(value), 'come')),
  }
}

const whole = ({ lang, text }: ShownText, kind: Stretch['kind']): ComparedValue => ({
  lang,
  stretches: text === '' ? [] : [{ kind, text }],
})
