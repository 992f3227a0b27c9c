import type { Handler } from '../../platform/http/router.js'
import { type OfferPageDeps, offerPages } from './firm-side/offer.routes.js'
import { type OrganisationPageDeps, organisationPages } from './firm-side/organisation.routes.js'
import { type AskPageDeps, askPages } from './need-side/ask.routes.js'
import { type EditPageDeps, editPages } from './need-side/edit.routes.js'
import { type OwnNeedPageDeps, ownNeedPages } from './need-side/own-need.routes.js'
import { type IntroductionPageDeps, introductionPages } from './showing/introduction.routes.js'

type PageDeps = AskPageDeps &
  EditPageDeps &
  IntroductionPageDeps &
  OfferPageDeps &
  OrganisationPageDeps &
  OwnNeedPageDeps

/** Every page on which a need and its firms meet. */
export const introductionsPages = (deps: PageDeps) =>
  ({
    ...ownNeedPages(deps),
    ...askPages(deps),
    ...editPages(deps),
    ...introductionPages(deps),
    ...offerPages(deps),
    ...organisationPages(deps),
  }) satisfies Record<string, Handler>
