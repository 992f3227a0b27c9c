import type { Core } from './core.js'
import { findFirms, findNeeds } from './modules/matching/index.js'
import type { Mailing } from './platform/mail/mailing.js'

/** What being told of news stands on, for its pages and for the job that tells them. */
export const alertingOf = (core: Core, mailing: Mailing) => ({
  ...core,
  ...mailing,
  findFirms: findFirms(core),
  findNeeds: findNeeds(core),
  secret: core.secrets.unsubscribing,
})
