import type { StaffRole } from '../../../kernel/permissions.js'

/** What an administrator may do to somebody's account, by the word in its address. */
export const PERSON_ACTS = [
  'curator',
  'administrator',
  'member',
  'suspension',
  'return',
  'sign-ins',
  'second-factor',
] as const
export type PersonAct = (typeof PERSON_ACTS)[number]

/** What of an account decides which acts make sense. */
export interface Subject {
  staff: StaffRole | null
  suspended: boolean
  secondFactor: boolean
}

/** The acts that would change something, in the order they are offered. */
export function actsFor({ staff, suspended, secondFactor }: Subject): PersonAct[] {
  const makesSense: Record<PersonAct, boolean> = {
    curator: staff !== 'curator',
    administrator: staff !== 'administrator',
    member: staff !== null,
    suspension: !suspended,
    return: suspended,
    'sign-ins': true,
    'second-factor': secondFactor,
  }
  return PERSON_ACTS.filter((act) => makesSense[act])
}

/** The role that an act leaves somebody with; undefined for acts that leave roles alone. */
export const roleAfter = (act: PersonAct): StaffRole | null | undefined =>
  ({ curator: 'curator', administrator: 'administrator', member: null })[act as string] as StaffRole | null | undefined

export type Refusal = 'last-administrator' | 'himself' | 'done-already'

/** Why an act is not done; null when it may be. Somebody always has to be left who can hand out roles. */
export function refusalOf(
  act: PersonAct,
  subject: Subject,
  { himself, otherAdministrators }: { himself: boolean; otherAdministrators: number },
): Refusal | null {
  if (!actsFor(subject).includes(act)) return 'done-already'
  if (himself && (act === 'suspension' || act === 'second-factor')) return 'himself'
  const losesRights =
    subject.staff === 'administrator' && (act === 'curator' || act === 'member' || act === 'suspension')
  return losesRights && otherAdministrators === 0 ? 'last-administrator' : null
}
