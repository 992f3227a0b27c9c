export { type FindFirms, type Finding, type FindNeeds, findFirms, findNeeds } from './findings.js'
export { NEED_FORM, type NeedWords, withUnderstanding } from './firm-side/need-document.rules.js'
export { type Introduced, needsForFirm } from './firm-side/needs-for-firm.service.js'
export { firmNeedsPage } from './firm-side/needs-page.routes.js'
export { matchingInTurn } from './in-turn.js'
export { matchHandlers } from './matching.routes.js'
export { MAX_TEXT, matchAnswer, matchRequest } from './matching.schemas.js'
export {
  type MatchAnswer,
  type MatchedFirm,
  type Matcher,
  type MatcherDeps,
  matcher,
  type RankedAnswer,
} from './matching.service.js'
export { countFitting, firmsForNeeds } from './need-firms.js'
export { askOf } from './need-words.rules.js'
export { OFFER_FORM, withOffers } from './offers/offered-services.rules.js'
export type { Weights, WeightsVersion } from './ranking/weights.js'
export { rankingPage } from './ranking-page/ranking-page.routes.js'
export { suggestions } from './suggestions.js'
export { fieldVersion, writeFieldModel } from './understanding/field-model.js'
export { serviceProfiles } from './understanding/service-profiles.rules.js'
export { specialityVersion, writeSpecialityModel } from './understanding/specialities.js'
export { wordLists } from './understanding/word-lists.js'
export type { WeightsRow } from './weighing/weighing.model.js'
export { createWeightsIndexes } from './weighing/weighing.model.js'
export { type WeightsRepository, weightsRepository } from './weighing/weighing.repository.js'
export { asWeighed, loadWeights } from './weighing/weights-in-force.js'
