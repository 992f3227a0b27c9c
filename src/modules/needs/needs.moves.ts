import type { Change } from '../../platform/records/change.repository.js'
import type { MoveStep, RecordMoves } from '../../platform/records/moves.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { NeedContent } from './needs.schemas.js'
import type { NeedRecord } from './needs.search.js'
import type { OwnNeedRepository } from './own-needs.repository.js'

interface NeedMovesDeps {
  change: Change
  records: RecordRepository
  ownNeeds: OwnNeedRepository
}

/** The needs of a business follow it; whose a need is stands in its content, so each gets a version. */
export function needMoves({ change, records, ownNeeds }: NeedMovesDeps): RecordMoves {
  async function give(
    needs: readonly NeedRecord[],
    { parkId, by, batch, session }: MoveStep,
    action: 'merge' | 'unmerge',
    [from, to]: [string, string],
  ) {
    const moved = (content: NeedContent | null) =>
      content && content.business === from ? { ...content, business: to } : content
    const own = needs.filter(({ published, working }) => published?.business === from || working?.business === from)
    await change<NeedContent>({
      ...{ parkId, type: 'need', by, action, batch, within: session },
      why: action === 'merge' ? 'its business became part of another' : 'its business is one of its own again',
      edits: own.map(({ id, version, published, working }) => ({
        ...{ id, expect: version },
        set: { published: moved(published), working: moved(working) },
      })),
    })
    return own.map(({ id }) => id)
  }

  return {
    name: 'needs',
    count: async (from, type) => (type === 'business' ? (await ownNeeds.everyOf(from)).length : 0),
    move: async (step) =>
      step.type === 'business' ? give(await ownNeeds.everyOf(step.from), step, 'merge', [step.from, step.to]) : [],
    moveBack: async (moved, step) => {
      const needs = await records.byIds<NeedContent>('need', moved)
      await give(needs, step, 'unmerge', [step.to, step.from])
    },
  }
}
