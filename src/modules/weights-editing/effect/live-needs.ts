import type { ParkContext } from '../../../kernel/park.js'
import { type Actor, VISITOR } from '../../../kernel/permissions.js'
import { askOf, type Matcher, type Weights } from '../../matching/index.js'
import { type NeedRecord, type NeedService, writtenNeed } from '../../needs/index.js'
import { type Move, movesAmongFirst } from './moves.rules.js'

export interface LiveNeedsDeps {
  needs: Pick<NeedService, 'list'>
  matcher: Pick<Matcher, 'rankBy'>
}

/** The weights in force, and those that would take their place. */
export interface Compared {
  now: Weights
  next: Weights
}

/** What a change does to one need's firms. */
export interface NeedMoves {
  need: NeedRecord
  moves: readonly Move[]
  /** Whether it is found that nobody does it. */
  nobody: { now: boolean; next: boolean }
}

export interface LiveEffect {
  /** Needs that were tried. */
  tried: number
  /** Those where something changes, in the order of the list. */
  changed: readonly NeedMoves[]
}

/** How many needs are tried, the newest first; each is ranked by both. */
const TRIED = 30
/** Who stands below is hardly seen. */
export const FIRST = 5

/** Ranks the newest open needs by both, as visitors would see their firms, and tells who moves. */
export async function liveEffect(
  { needs, matcher }: LiveNeedsDeps,
  actor: Actor,
  park: ParkContext,
  { now, next }: Compared,
): Promise<LiveEffect> {
  const { found } = await needs.list(actor, park.id, {
    filter: { op: 'eq', field: 'state', value: 'open' },
    sort: [{ field: 'published', order: 'desc' }],
    limit: TRIED,
  })
  const open = found.flatMap(({ record }) => (record.published ? [{ need: record, content: record.published }] : []))
  const changed: NeedMoves[] = []
  // One after the other, so that visitors are answered in between.
  for (const { need, content } of open) {
    const [before, after] = await matcher.rankBy(VISITOR, park, askOf(writtenNeed(content, need)), [now, next])
    const moves = movesAmongFirst(idsOf(before.ranked), idsOf(after.ranked), FIRST)
    const nobody = { now: before.nobody, next: after.nobody }
    if (moves.length > 0 || nobody.now !== nobody.next) changed.push({ need, moves, nobody })
  }
  return { tried: open.length, changed }
}

const idsOf = (ranked: readonly { id: string }[]): string[] => ranked.map(({ id }) => id)
