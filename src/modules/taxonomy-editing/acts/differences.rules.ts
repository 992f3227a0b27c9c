import { type Taxonomy, TERM_KINDS, type TermKind } from '../../taxonomy/index.js'
import { entriesOf, same } from './acts.rules.js'
import { type Entry, WORD_LISTS } from './acts.types.js'

/** What goes and what comes in one field. */
export interface FieldDifference {
  /** `name.vi`, `group`, `synonyms` … a key of `vocabulary.fields`. */
  field: string
  gone: string[]
  come: string[]
}

export interface EntryDifference {
  /** `lists` are the groups and short forms, which belong to no entry. */
  of: { kind: TermKind; id: string; name: { vi: string; en: string } } | 'lists'
  change: 'added' | 'retired' | 'changed'
  fields: FieldDifference[]
}

/** What two versions differ in, entry by entry. */
export function differencesOf(before: Taxonomy, after: Taxonomy): EntryDifference[] {
  const entries = TERM_KINDS.flatMap((kind) => {
    const old = new Map(entriesOf(before, kind).map((entry) => [entry.id, entry]))
    const now = new Map(entriesOf(after, kind).map((entry) => [entry.id, entry]))
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => entryDifference(kind, old.get(id), now.get(id)))
  })
  const lists = listDifferences(before, after)
  return lists.length > 0 ? [...entries, { of: 'lists', change: 'changed', fields: lists }] : entries
}

function entryDifference(kind: TermKind, before: Entry | undefined, after: Entry | undefined): EntryDifference[] {
  const entry = after ?? before
  if (!entry || same(before, after)) return []
  const of = { kind, id: entry.id, name: entry.name }
  // Of one that is retired its words are of no interest; of a new one they are what there is to see.
  if (!after) return [{ of, change: 'retired', fields: [] }]
  return [{ of, change: before ? 'changed' : 'added', fields: fieldsOf(before, after) }]
}

function fieldsOf(before: Entry | undefined, after: Entry): FieldDifference[] {
  const single = (field: string, pick: (entry: Entry) => string | undefined) =>
    difference(field, [before && pick(before)], [pick(after)])
  return [
    ...single('name.vi', (entry) => entry.name.vi),
    ...single('name.en', (entry) => entry.name.en),
    ...single('group', (entry) => entry.group),
    ...single('summary.vi', (entry) => entry.summary?.vi),
    ...single('summary.en', (entry) => entry.summary?.en),
    ...WORD_LISTS.flatMap((list) => difference(list, before?.[list] ?? [], after[list])),
  ]
}

function listDifferences(before: Taxonomy, after: Taxonomy): FieldDifference[] {
  const groups = ({ groups: list }: Taxonomy) => list.map(({ name }) => `${name.vi} · ${name.en}`)
  const shorts = ({ abbreviations }: Taxonomy) =>
    Object.entries(abbreviations).map(([short, long]) => `${short} = ${long}`)
  return [
    ...difference('groups', groups(before), groups(after)),
    ...difference('shortForms', shorts(before), shorts(after)),
  ]
}

function difference(
  field: string,
  before: readonly (string | undefined)[],
  after: readonly (string | undefined)[],
): FieldDifference[] {
  const gone = before.filter((word): word is string => Boolean(word) && !after.includes(word))
  const come = after.filter((word): word is string => Boolean(word) && !before.includes(word))
  return gone.length + come.length > 0 ? [{ field, gone, come }] : []
}
