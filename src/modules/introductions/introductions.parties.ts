import { NotFound } from '../../kernel/errors.js'
import type { Actor, IntroductionResource } from '../../kernel/permissions.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { NeedContent, NeedRecord } from '../needs/index.js'
import type { ProviderProfile, ProviderRecord } from '../providers/index.js'
import type { IntroductionRow } from './introductions.repository.js'

/** An introduction with both records it is about. */
export interface Parties {
  row: IntroductionRow
  need: NeedRecord
  firm: ProviderRecord
}

/** Who looks, and when. */
export interface Seer {
  actor: Actor
  at: Date
}

/** What the need says, also before curators have published it. */
export const contentOf = (need: NeedRecord): NeedContent | null => need.published ?? need.working

/** What it says to its owner: his own last words, also while they wait for the curators. */
export const ownContentOf = (need: NeedRecord): NeedContent | null => need.working ?? need.published

export const introductionResource = ({ row, need }: Parties): IntroductionResource => ({
  type: 'introduction',
  id: row._id,
  needId: row.needId,
  business: contentOf(need)?.business ?? null,
  ownerId: need.ownerId,
  provider: row.provider,
  accepted: row.state === 'accepted',
})

/** Puts introductions together with their records; those whose record is no more are left out. */
export async function withRecords(records: RecordRepository, rows: readonly IntroductionRow[]): Promise<Parties[]> {
  const [needs, firms] = await Promise.all([
    records.byIds<NeedContent>('need', [...new Set(rows.map(({ needId }) => needId))]),
    records.byIds<ProviderProfile>('provider', [...new Set(rows.map(({ provider }) => provider))]),
  ])
  return rows.flatMap((row) => {
    const need = needs.find(({ id }) => id === row.needId)
    const firm = firms.find(({ id }) => id === row.provider)
    return need && firm ? [{ row, need, firm }] : []
  })
}

/** @throws {NotFound} when one of its records is no more. */
export async function partiesOf(records: RecordRepository, row: IntroductionRow): Promise<Parties> {
  const [parties] = await withRecords(records, [row])
  if (!parties) throw new NotFound('introduction', row._id)
  return parties
}
