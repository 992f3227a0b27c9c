import { isDeepStrictEqual } from 'node:util'
import { NotFound } from '../../../kernel/errors.js'
import { type Actor, can } from '../../../kernel/permissions.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { CaseRepository } from '../../curation/index.js'
import { needCase } from '../needs.cases.js'
import type { NeedContent } from '../needs.schemas.js'
import type { NeedRecord } from '../needs.search.js'
import { needResource } from '../own-needs.service.js'

export type EditResult = { ok: true; changed: boolean } | { ok: false; reason: 'newer' | 'ended' }

export interface NeedEditing {
  /**
   * Puts the corrected need before the curators. What is public stays as it is until they have agreed.
   * @throws {NotFound} when the need is not his to edit, {Conflict} when somebody else has just written to it.
   */
  save(actor: Actor, need: NeedRecord, content: NeedContent, expect: number): Promise<EditResult>
}

export function needEditing({ change, cases }: { change: Change; cases: CaseRepository }): NeedEditing {
  return {
    save: async (actor, need, content, expect) => {
      if (!can(actor, 'need:edit', needResource(need))) throw new NotFound('need', need.id)
      if (!isEditable(need)) return { ok: false, reason: 'ended' }
      if (need.version !== expect) return { ok: false, reason: 'newer' }
      const before = need.working ?? need.published
      // One that was sent back goes to the curators again all the same: its owner may think it is clear as it is.
      if (need.status !== 'draft' && isDeepStrictEqual(plain(before), plain(content)))
        return { ok: true, changed: false }
      const personId = actor.kind === 'person' || actor.kind === 'guest' ? actor.personId : need.ownerId
      await change<NeedContent>({
        ...{ parkId: need.parkId, type: 'need', by: personId ?? 'system:edit', why: 'corrected by its owner' },
        edits: [
          {
            ...{ id: need.id, expect },
            set: { working: content, status: need.status === 'published' ? 'published' : 'submitted' },
          },
        ],
        alongside: async (session, [saved]) => {
          if (saved) await cases.submit({ ...needCase(saved), personId }, session)
        },
      })
      return { ok: true, changed: true }
    },
  }
}

/** Whether a need can still be changed by its owner. */
export const isEditable = ({ status, archivedAt }: NeedRecord): boolean =>
  !archivedAt && (status === 'draft' || status === 'submitted' || status === 'published')

const plain = (content: NeedContent | null): unknown => JSON.parse(JSON.stringify(content))
