import type { Core } from './core.js'
import { accountData } from './modules/accounts/index.js'
import { alertData } from './modules/alerts/index.js'
import { claimData } from './modules/claims/index.js'
import { caseData, deskData } from './modules/curation/index.js'
import { type IntroductionService, introductionData } from './modules/introductions/index.js'
import { needData } from './modules/needs/index.js'
import { invitationData, invitationRepository, membershipData } from './modules/organisations/index.js'
import { peopleData } from './modules/people/index.js'
import {
  type ConsentEffects,
  consentService,
  erasurePages,
  erasureService,
  guestDataPages,
  ownDataPages,
  ownDataService,
  registerPages,
  registerService,
  requestData,
} from './modules/privacy/index.js'
import { hideContacts } from './modules/providers/index.js'
import { reportData } from './modules/reports/index.js'
import { auditData } from './platform/audit/audit.personal-data.js'
import type { Mailing } from './platform/mail/mailing.js'
import { mailData } from './platform/mail/mails.personal-data.js'
import type { PersonalDataSource } from './platform/personal-data.js'

/** Every part that keeps something about people. What is not here is neither in a download nor erased. */
function sourcesOf(core: Core, introducing: IntroductionService): PersonalDataSource[] {
  return [
    // Needs first: they may have changed meanwhile, and then nothing has been written yet.
    needsOf(core, introducing),
    introductionData({ ...core, introducing }),
    claimData(core),
    invitationData({ ...core, invitations: invitationRepository(core.db, core.clock) }),
    // What needs his address to be found goes before the address does.
    ...accountData(core),
    ...peopleData(core.people),
    membershipData(core),
    caseData(core.cases),
    reportData(core.reports),
    alertData(core),
    deskData(core.desk),
    mailData(core.outbox),
    requestData(core.requests),
    auditData(core),
  ]
}

const needsOf = (core: Core, { endWith }: IntroductionService) => needData({ ...core, onEnd: endWith })

/** What ends with a consent. */
function effectsOf(core: Core, introducing: IntroductionService): ConsentEffects {
  const needs = needsOf(core, introducing)
  const hide = hideContacts(core)
  return {
    'guest-need': (subject, session) => needs.eraseOwn(subject, session),
    introduction: ({ personId }, session) => introducing.leaveAll(personId, session),
    'firm-contacts': async (subject, session) => {
      const own = await core.memberships.of(subject.personId)
      const firms = own.filter(({ type, role }) => type === 'provider' && role !== 'viewer')
      await hide(
        firms.map(({ organisation }) => organisation),
        subject,
        session,
      )
    },
  }
}

/** Erasure, for its page and for the job that ends unused accounts. */
export const erasureOf = (core: Core, mailing: Mailing, introducing: IntroductionService) =>
  erasureService({ ...core, ...mailing, sources: sourcesOf(core, introducing) })

/** The pages about one's own data, and the register of requests. */
export function privacyPages(core: Core, mailing: Mailing, introducing: IntroductionService) {
  const personalErasure = erasureOf(core, mailing, introducing)
  const ownData = ownDataService({ ...core, sources: sourcesOf(core, introducing) })
  const consents = consentService({ ...core, effects: effectsOf(core, introducing) })
  const register = registerService({ ...core, ...mailing })
  return {
    ...ownDataPages({ ...core, ownData, consents, register }),
    ...erasurePages({ ...core, personalErasure }),
    ...guestDataPages({ ...core, ownData, personalErasure }),
    ...registerPages({ ...core, register }),
  }
}
