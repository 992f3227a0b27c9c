import type { Core } from './core.js'
import { claimMoves } from './modules/claims/index.js'
import { caseMoves } from './modules/curation/index.js'
import { introductionMoves } from './modules/introductions/index.js'
import { tellOwners } from './modules/listings/index.js'
import { mergeRepository, mergingService } from './modules/merging/index.js'
import { needMoves } from './modules/needs/index.js'
import { invitationMoves } from './modules/organisations/index.js'
import { fileMoves } from './platform/files/files.moves.repository.js'
import type { Mailing } from './platform/mail/mailing.js'

/** Merging, with all that follows a listing into another. What is not here stays behind. */
export const mergingOf = (core: Core, mailing: Mailing) =>
  mergingService({
    ...core,
    tellOwners: (mail, session) => tellOwners({ ...core, ...mailing }, { ...mail, park: core.park() }, session),
    onMail: mailing.onMail,
    merges: mergeRepository(core.db),
    moves: [
      needMoves(core),
      introductionMoves(core.db),
      claimMoves(core.db),
      caseMoves(core.db, core.clock),
      invitationMoves(core.db),
      fileMoves(core.db),
    ],
  })
