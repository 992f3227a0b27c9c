import type { RetiredTerm, Service, Taxonomy, TermKind } from '../../taxonomy/index.js'
import { type Act, type Applied, type Entry, type Lists, type Refusal, WORD_LISTS } from './acts.types.js'

const refused = (reason: Refusal): Applied => ({ ok: false, reason })

/** The entries of a kind. */
export const entriesOf = (taxonomy: Taxonomy, kind: TermKind): Entry[] =>
  kind === 'service' ? taxonomy.services : taxonomy.sectors

export const entryOf = (taxonomy: Taxonomy, kind: TermKind, id: string): Entry | undefined =>
  entriesOf(taxonomy, kind).find((entry) => entry.id === id)

export const listsOf = ({ groups, abbreviations }: Taxonomy): Lists => ({ groups, abbreviations })

/** The taxonomy after an act, as the version that follows. */
export function applied(taxonomy: Taxonomy, act: Act): Applied {
  const done = apply(taxonomy, act)
  if (!done.ok) return done
  const next = { ...done.taxonomy, version: taxonomy.version + 1 }
  return same({ ...next, version: 0 }, { ...taxonomy, version: 0 })
    ? refused('nothingChanges')
    : { ok: true, taxonomy: next }
}

function apply(taxonomy: Taxonomy, act: Act): Applied {
  switch (act.act) {
    case 'add':
      return added(taxonomy, act.kind, act.entry)
    case 'change': {
      const now = entryOf(taxonomy, act.kind, act.from.id)
      if (!now) return refused('gone')
      return { ok: true, taxonomy: withEntry(taxonomy, act.kind, mergedEntry(now, act.from, act.to)) }
    }
    case 'word': {
      const now = entryOf(taxonomy, act.kind, act.id)
      if (!now) return refused('gone')
      const entry = { ...now, [act.list]: uniqueWords([...now[act.list], act.word]) }
      return { ok: true, taxonomy: withEntry(taxonomy, act.kind, entry) }
    }
    case 'merge':
    case 'retire':
      return retired(taxonomy, act)
    case 'lists':
      return withLists(taxonomy, act.from, act.to)
    case 'restore':
      return { ok: true, taxonomy: { ...act.taxonomy, retired: stillRetired(taxonomy, act.taxonomy) } }
  }
}

function added(taxonomy: Taxonomy, kind: TermKind, entry: Entry): Applied {
  return idsOf(taxonomy, kind).has(entry.id)
    ? refused('idTaken')
    : { ok: true, taxonomy: withEntries(taxonomy, kind, [...entriesOf(taxonomy, kind), entry]) }
}

/** Every id that means something, or has. */
export const idsOf = (taxonomy: Taxonomy, kind: TermKind): ReadonlySet<string> =>
  new Set([
    ...entriesOf(taxonomy, kind).map(({ id }) => id),
    ...(taxonomy.retired ?? []).filter((one) => one.kind === kind).map(({ id }) => id),
  ])

function retired(taxonomy: Taxonomy, act: Extract<Act, { act: 'merge' | 'retire' }>): Applied {
  const { kind, id, successor } = act
  const entry = entryOf(taxonomy, kind, id)
  const heir = successor === null ? undefined : entryOf(taxonomy, kind, successor)
  if (!entry || (successor !== null && !heir) || successor === id) return refused('gone')
  const known = taxonomy.retired ?? []
  // With nothing to follow it, what it followed itself would lead nowhere.
  if (successor === null && known.some((one) => one.kind === kind && one.successor === id))
    return refused('successorWanted')
  const left = withEntries(
    taxonomy,
    kind,
    entriesOf(taxonomy, kind).filter((one) => one.id !== id),
  )
  const taken = heir && act.act === 'merge' ? withEntry(left, kind, withWordsOf(heir, entry)) : left
  const moved = known.map(
    (one): RetiredTerm => (one.kind === kind && one.successor === id ? { ...one, successor } : one),
  )
  return { ok: true, taxonomy: { ...taken, retired: [...moved, { kind, id, name: entry.name, successor }] } }
}

const withWordsOf = (heir: Entry, entry: Entry): Entry => ({
  ...heir,
  synonyms: uniqueWords([...heir.synonyms, entry.name.vi, entry.name.en, ...entry.synonyms]).filter(
    (word) => !sameWord(word, heir.name.vi) && !sameWord(word, heir.name.en),
  ),
  abbreviations: uniqueWords([...heir.abbreviations, ...entry.abbreviations]),
  cues: uniqueWords([...heir.cues, ...entry.cues]),
})

/** What was changed between `from` and `to`, done to the entry as it is now: nothing that others did in between is lost. */
function mergedEntry(now: Entry, from: Entry, to: Entry): Entry {
  const changed = <K extends 'group' | 'name' | 'summary'>(field: K) =>
    same(from[field], to[field]) ? {} : { [field]: to[field] }
  const lists = WORD_LISTS.map((list) => [list, mergedList(now[list], from[list], to[list])] as const)
  return { ...now, ...changed('group'), ...changed('name'), ...changed('summary'), ...Object.fromEntries(lists) }
}

function mergedList(now: readonly string[], from: readonly string[], to: readonly string[]): string[] {
  const gone = new Set(from.filter((word) => !to.includes(word)))
  const come = to.filter((word) => !from.includes(word))
  return uniqueWords([...now.filter((word) => !gone.has(word)), ...come])
}

function withLists(taxonomy: Taxonomy, from: Lists, to: Lists): Applied {
  const used = new Set(taxonomy.services.map(({ group }) => group))
  const gone = from.groups.filter(({ id }) => !to.groups.some((group) => group.id === id))
  if (gone.some(({ id }) => used.has(id))) return refused('groupInUse')
  const renamed = to.groups.filter(
    (group) =>
      !same(
        group,
        from.groups.find(({ id }) => id === group.id),
      ),
  )
  const groups = [
    ...taxonomy.groups
      .filter(({ id }) => !gone.some((group) => group.id === id))
      .map((group) => renamed.find(({ id }) => id === group.id) ?? group),
    ...renamed.filter(({ id }) => !taxonomy.groups.some((group) => group.id === id)),
  ]
  const abbreviations = { ...taxonomy.abbreviations }
  for (const short of Object.keys(from.abbreviations)) if (!(short in to.abbreviations)) delete abbreviations[short]
  for (const [short, long] of Object.entries(to.abbreviations)) {
    if (from.abbreviations[short] !== long) abbreviations[short] = long
  }
  return { ok: true, taxonomy: { ...taxonomy, groups, abbreviations } }
}

/** An entry that came after the old version was read leaves with it, and is retired: its id stays taken, its records unclaimed. */
function stillRetired(now: Taxonomy, old: Taxonomy): RetiredTerm[] {
  const back = (kind: TermKind, id: string | null) => id !== null && entryOf(old, kind, id) !== undefined
  const kept = (now.retired ?? []).filter(({ kind, id }) => !back(kind, id))
  const leaving = (['service', 'sector'] as const).flatMap((kind) =>
    entriesOf(now, kind)
      .filter(({ id }) => !back(kind, id) && !kept.some((one) => one.kind === kind && one.id === id))
      .map(({ id, name }): RetiredTerm => ({ kind, id, name, successor: null })),
  )
  // A successor that leaves is followed by nobody.
  return [...kept, ...leaving].map((one) => (back(one.kind, one.successor) ? one : { ...one, successor: null }))
}

export function withEntry(taxonomy: Taxonomy, kind: TermKind, entry: Entry): Taxonomy {
  return withEntries(
    taxonomy,
    kind,
    entriesOf(taxonomy, kind).map((one) => (one.id === entry.id ? entry : one)),
  )
}

const withEntries = (taxonomy: Taxonomy, kind: TermKind, entries: Entry[]): Taxonomy =>
  kind === 'service' ? { ...taxonomy, services: entries as Service[] } : { ...taxonomy, sectors: entries }

/** Whether what an act is about has been changed between two versions; then whoever typed it is shown the newer first. */
export function overtaken(act: Act, base: Taxonomy, now: Taxonomy): boolean {
  if (base.version === now.version) return false
  switch (act.act) {
    case 'add':
      return idsOf(now, act.kind).has(act.entry.id)
    case 'change':
      return !same(entryOf(base, act.kind, act.from.id), entryOf(now, act.kind, act.from.id))
    case 'word':
      return entryOf(now, act.kind, act.id) === undefined
    case 'merge':
    case 'retire':
      return [act.id, act.successor].some((id) => id && !same(entryOf(base, act.kind, id), entryOf(now, act.kind, id)))
    case 'lists':
      return !same(listsOf(base), listsOf(now))
    case 'restore':
      return true
  }
}

export const sameWord = (one: string, other: string): boolean =>
  one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase()

/** Each word once, as it was written first. */
export function uniqueWords(words: readonly string[]): string[] {
  const seen = new Set<string>()
  return words
    .map((word) => word.normalize('NFC').replace(/\s+/g, ' ').trim())
    .filter((word) => word && !seen.has(word.toLowerCase()) && seen.add(word.toLowerCase()))
}

/** Whether two values say the same; the order of fields does not matter. */
export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, of]) => of !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, of]) => [key, sorted(of)]),
  )
}
