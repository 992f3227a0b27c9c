import { Conflict } from '../../kernel/errors.js'
import type { MemberRole } from '../../kernel/permissions.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import type { MoveStep } from '../../platform/records/moves.js'
import type { ListingType } from '../duplicates/index.js'
import type { MembershipRepository } from '../organisations/index.js'
import { type Comer, type Part, partOf } from './members.rules.js'

interface MemberMovesDeps {
  memberships: MembershipRepository
  audit: Audit
}

/** The people of a listing that becomes part of another; their rows there rest until it comes back. */
export function memberMoves({ memberships, audit }: MemberMovesDeps) {
  /**
   * They come along as the curator has said. Returns what `part` takes back.
   * @throws {Conflict} when somebody is not what he was when the curator decided.
   */
  async function bring(parts: Readonly<Record<string, Part>>, comers: readonly Comer[], step: MoveStep) {
    const brought: string[] = []
    for (const comer of comers) {
      const { personId, role, there } = comer
      const now = [
        await memberships.roleOf(step.from, personId, step.session),
        await memberships.roleOf(step.to, personId, step.session),
      ]
      if (now[0] !== role || now[1] !== there) throw new Conflict('membership', personId, 0, 1)
      const part = partOf(comer, parts) ?? 'none'
      if (part === 'none' || part === there) continue
      await memberships.put(
        { parkId: step.parkId, personId, type: step.type as ListingType, organisation: step.to, role: part },
        step.session,
      )
      await note('member-added', personId, part, step)
      brought.push([personId, part, there ?? ''].join(':'))
    }
    return brought
  }

  /** Takes back what `bring` did, but for what the survivor's people have said since. */
  async function part(brought: readonly string[], step: MoveStep): Promise<void> {
    for (const entry of brought) {
      const [personId = '', role, there] = entry.split(':')
      const now = await memberships.roleOf(step.to, personId, step.session)
      // Whom the survivor's people have sent away since does not come back by the undo, not even where he came from.
      if (now === null && !there && (await memberships.remove(step.from, personId, step.session)))
        await note('member-removed', personId, role ?? '', { ...step, to: step.from })
      // A part that they have changed since is theirs to say.
      if (now !== role) continue
      if (there) {
        const member = { parkId: step.parkId, personId, type: step.type as ListingType, organisation: step.to }
        await memberships.put({ ...member, role: there as MemberRole }, step.session)
      } else {
        await memberships.remove(step.to, personId, step.session)
        await note('member-removed', personId, role ?? '', step)
      }
    }
  }

  function note(action: 'member-added' | 'member-removed', person: string, role: string, step: MoveStep) {
    const { parkId, by, to, batch, session } = step
    const details = { person, role, merge: batch }
    return audit.record({ parkId, by, action, type: 'membership', recordId: to, details, batch }, session)
  }

  return { bring, part }
}
