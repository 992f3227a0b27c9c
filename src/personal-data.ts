import type { ClientSession } from 'mongoose'
import type { Core } from './core.js'
import type { Lang } from './kernel/text.js'
import { accountData } from './modules/accounts/index.js'
import { caseData } from './modules/curation/index.js'
import { needData } from './modules/needs/index.js'
import { membershipData } from './modules/organisations/index.js'
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
import type { Translate } from './platform/i18n/translator.js'
import { mailData } from './platform/mail/mails.personal-data.js'
import type { PersonalDataSource } from './platform/personal-data.js'

interface MailTools {
  translate(lang: Lang): Translate
  onMail(): void
}

/** Every part that keeps something about people. What is not here is neither in a download nor erased. */
function sourcesOf(core: Core): PersonalDataSource[] {
  return [
    // Needs first: they may have changed meanwhile, and then nothing has been written yet.
    needsOf(core),
    ...peopleData(core.people),
    ...accountData(core),
    membershipData(core.memberships),
    caseData(core.cases),
    mailData(core.outbox),
    requestData(core.requests),
  ]
}

const needsOf = (core: Core) => needData({ ...core, onEnd: async () => {} })

/** What ends with a consent. */
function effectsOf(core: Core): ConsentEffects {
  const needs = needsOf(core)
  return {
    'guest-need': (subject, session: ClientSession) => needs.eraseOwn(subject, session),
    introduction: async () => {},
    'firm-contacts': async () => {},
  }
}

/** Erasure, for its page and for the job that ends unused accounts. */
export const erasureOf = (core: Core, mail: MailTools) =>
  erasureService({ ...core, ...mail, publicUrl: core.config.publicUrl, sources: sourcesOf(core) })

/** The pages about one's own data, and the register of requests. */
export function privacyPages(core: Core, mail: MailTools) {
  const { publicUrl } = core.config
  const personalErasure = erasureOf(core, mail)
  const ownData = ownDataService({ ...core, sources: sourcesOf(core) })
  const consents = consentService({ ...core, effects: effectsOf(core) })
  const register = registerService({ ...core, ...mail, publicUrl })
  return {
    ...ownDataPages({ ...core, ownData, consents, register }),
    ...erasurePages({ ...core, personalErasure }),
    ...guestDataPages({ ...core, ownData, personalErasure }),
    ...registerPages({ ...core, register }),
  }
}
