import { MEMBER_ROLES, type MemberRole } from '../../kernel/permissions.js'

/** Somebody of the listing that goes, and what he may become at the one that stays. */
export interface Comer {
  personId: string
  /** His part there. */
  role: MemberRole
  /** His part at the one that stays already; null when he has none. */
  there: MemberRole | null
  /** What is proposed; null where the curator has to say, since he would come to hold what is others'. */
  proposed: MemberRole | 'none' | null
}

export const PARTS = [...MEMBER_ROLES, 'none'] as const
export type Part = (typeof PARTS)[number]

interface Member {
  personId: string
  role: MemberRole
}

/**
 * Nobody comes to more rights by a merge than a curator has given him: who belongs to both keeps the part that the
 * survivor's own people gave him, and where the survivor has owners, or the other was never seen by the park, each of the
 * other's people is asked about.
 */
export function comersOf(survivor: readonly Member[], other: readonly Member[], otherWasListed: boolean): Comer[] {
  const hasOwner = survivor.some(({ role }) => role === 'owner')
  return other.map(({ personId, role }) => {
    const there = survivor.find((member) => member.personId === personId)?.role ?? null
    const free = !hasOwner && otherWasListed
    return { personId, role, there, proposed: there ?? (free ? role : null) }
  })
}

const rank = (role: MemberRole) => MEMBER_ROLES.indexOf(role)

/** What somebody can become: no more than he was on either side, and no less than the survivor's people have made him. */
export const partsFor = ({ role, there }: Pick<Comer, 'role' | 'there'>): Part[] =>
  PARTS.filter(
    (part) =>
      part === 'none' ||
      (rank(part) >= Math.min(rank(role), rank(there ?? role)) && (there === null || rank(part) <= rank(there))),
  )

/** What he becomes; null where the curator has still to say. */
export function partOf(comer: Comer, parts: Readonly<Record<string, Part>>): Part | null {
  const said = parts[comer.personId]
  return said && partsFor(comer).includes(said) ? said : comer.proposed
}
