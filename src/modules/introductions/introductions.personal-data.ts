import type { PersonalDataSource } from '../../platform/personal-data.js'
import type { IntroductionRepository, IntroductionRow } from './introductions.repository.js'
import type { IntroductionService } from './introductions.service.js'

export interface IntroductionDataDeps {
  introductions: IntroductionRepository
  introducing: Pick<IntroductionService, 'leaveAll'>
}

/** Introductions somebody asked for, offered or answered. They stay for the other side, without his words and contacts. */
export const introductionData = ({ introductions, introducing }: IntroductionDataDeps): PersonalDataSource => ({
  name: 'introductions',
  exportFor: async ({ personId }) =>
    (await introductions.ofPerson(personId)).map((row) => exported(row, row.needPerson === personId ? 'need' : 'firm')),
  erase: async ({ personId }, session) => {
    await introducing.leaveAll(personId, session)
    await introductions.eraseWords(personId, session)
  },
})

/** One side's part: what the other one wrote is the other's. */
function exported(row: IntroductionRow, side: 'need' | 'firm') {
  const { _id, needId, provider, kind, state, message, declined, outcomes, createdAt, settledAt } = row
  const asked = (kind === 'request') === (side === 'need')
  return {
    ...{ id: _id, need: needId, firm: provider, side, kind, state, createdAt, settledAt },
    message: asked ? message : null,
    declined: asked ? null : declined,
    outcome: outcomes[side],
  }
}
