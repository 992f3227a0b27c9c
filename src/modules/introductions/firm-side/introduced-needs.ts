import type { IntroductionRepository } from '../introductions.repository.js'
import { isLive } from '../rules/introductions.rules.js'

/** What ranking needs for a firm asks of introductions. */
export const introducedNeeds = ({ acceptedBy, ofFirm }: Pick<IntroductionRepository, 'acceptedBy' | 'ofFirm'>) => ({
  acceptedBy,
  /** Ids of the needs that a firm is being brought together with, or that one side has said no to. */
  withFirm: async (provider: string): Promise<ReadonlySet<string>> => {
    const rows = await ofFirm(provider)
    return new Set(rows.filter((row) => isLive(row) || row.state === 'declined').map(({ needId }) => needId))
  },
})
