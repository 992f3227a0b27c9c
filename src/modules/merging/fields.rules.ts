import { isDeepStrictEqual } from 'node:util'

/** A firm's or a business's profile, field by field. */
export type Profile = Readonly<Record<string, unknown>>

export const CHOICES = ['survivor', 'other', 'both'] as const
/** Whose value of a field stays; `both` of a list, or of contacts each kind. */
export type Choice = (typeof CHOICES)[number]
export type Choices = Readonly<Record<string, Choice>>

export interface DifferingField {
  field: string
  /** Whether both can stay. */
  joins: boolean
  /** What is proposed: nothing that only one of them says is lost. */
  proposed: Choice
}

/** Where the two profiles differ, in the order of the survivor's fields. */
export function differingFields(survivor: Profile, other: Profile): DifferingField[] {
  const fields = [...new Set([...Object.keys(survivor), ...Object.keys(other)])]
  return fields.flatMap((field) => {
    const [mine, theirs] = [survivor[field], other[field]]
    if (isDeepStrictEqual(mine, theirs) || isEmpty(theirs)) return []
    const joins = canJoin(mine, theirs)
    return [{ field, joins, proposed: isEmpty(mine) ? 'other' : joins ? 'both' : 'survivor' }]
  })
}

/** The survivor's profile with what was chosen of the other's; a field without a choice stays the survivor's. */
export function mergedProfile(survivor: Profile, other: Profile, choices: Choices): Profile {
  const taken = Object.entries(choices).flatMap(([field, choice]): [string, unknown][] => {
    if (!Object.hasOwn(other, field) || isEmpty(other[field]) || choice === 'survivor') return []
    if (choice === 'both' && canJoin(survivor[field], other[field]))
      return [[field, joined(survivor[field], other[field])]]
    return [[field, other[field]]]
  })
  return { ...survivor, ...Object.fromEntries(taken) }
}

/**
 * A profile without what a merge brought into it: `before` and `after` the merge, and `now`. A field that was changed
 * since stays as it is now; of a list the entries that came with the merge go and those that went come back.
 */
export function unmergedProfile(before: Profile, after: Profile, now: Profile): { profile: Profile; kept: string[] } {
  const profile: Record<string, unknown> = { ...now }
  const kept: string[] = []
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isDeepStrictEqual(before[field], after[field])) continue
    const parted = partedValue(before[field], after[field], now[field])
    if (!parted) {
      kept.push(field)
      continue
    }
    if (parted.value === undefined) delete profile[field]
    else profile[field] = parted.value
  }
  return { profile, kept }
}

function partedValue(before: unknown, after: unknown, now: unknown): { value: unknown } | null {
  if (isDeepStrictEqual(after, now)) return { value: before }
  if (!Array.isArray(after) || !Array.isArray(now)) return null
  const was: unknown[] = Array.isArray(before) ? before : []
  const came = after.filter((entry) => !has(was, entry))
  const went = was.filter((entry) => !has(after, entry))
  const left = now.filter((entry) => !has(came, entry))
  return { value: [...left, ...went.filter((entry) => !has(left, entry))] }
}

const canJoin = (a: unknown, b: unknown) => (Array.isArray(a) && Array.isArray(b)) || (isContacts(a) && isContacts(b))

function joined(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b.filter((entry) => !a.some((one) => isSame(one, entry)))]
  return { ...(b as Profile), ...(a as Profile) }
}

/** One service is offered once; anything else is told apart by all it says. */
const isSame = (a: unknown, b: unknown): boolean => {
  const service = (entry: unknown) => (isProfile(entry) && 'evidence' in entry ? entry.service : undefined)
  return service(a) !== undefined ? service(a) === service(b) : isDeepStrictEqual(a, b)
}

const has = (list: readonly unknown[], entry: unknown) => list.some((one) => isDeepStrictEqual(one, entry))

const isProfile = (value: unknown): value is Profile =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Contacts by kind, each with who may see it. */
const isContacts = (value: unknown) =>
  isProfile(value) && Object.values(value).every((one) => isProfile(one) && 'visibility' in one)

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isProfile(value) && Object.keys(value).length === 0)
