import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import type { Lang } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { MatchRow } from '../../platform/views/models/lists.js'
import type { WrittenNeed } from './needs.rules.js'

/** What the pages of needs ask of the matcher. It reads needs, so it is handed in and not imported. */

/** Firms ranked for a need, the best first. */
export interface RankedFirms {
  /** No firm here does this; the rows are then the nearest ones there are. */
  nobody: boolean
  /** Firms that could do it, also those beyond the rows. */
  total: number
  /** At most 20. */
  rows: readonly MatchRow[]
}

/** Ranks firms for a need, rows in the reader's language. */
export type RankFirms = (
  actor: Actor,
  park: ParkContext,
  need: WrittenNeed,
  context: RequestContext,
) => Promise<RankedFirms>

/** What a guest's own words already say, so that he is asked to confirm it instead of typing it again. */
export interface Suggestions {
  /** The language the words are mostly written in. */
  language: Lang
  /** By falling confidence; those that are not `sure` are offered, not chosen. */
  services: readonly { id: string; sure: boolean }[]
  sector: string | null
  /** Whole đồng. */
  budget: { min?: number | undefined; max?: number | undefined } | null
  /** Ward code. */
  ward: string | null
  /** A day in the park's zone. */
  deadline: string | null
  /** True: somebody has to come; false: remote will do. */
  onSite: boolean | null
}

export type Understand = (text: string, context: RequestContext) => Suggestions | Promise<Suggestions>
