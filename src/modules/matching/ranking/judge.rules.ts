import type { Understood } from '../understanding/understood.types.js'
import { judgeBudget } from './budget-fit.rules.js'
import { judgeDelivery } from './delivery-fit.rules.js'
import { judgeEvidence } from './evidence-fit.rules.js'
import type { FirmFacts } from './firm-facts.rules.js'
import type { Judgement } from './judgement.types.js'
import { judgeLanguage } from './language-fit.rules.js'
import { judgeMustHaves } from './must-have-fit.rules.js'
import { judgePlace } from './place-fit.rules.js'
import { judgeRefusal } from './refusal-fit.rules.js'
import { judgeSector } from './sector-fit.rules.js'
import { judgeServices } from './service-fit.rules.js'
import type { Weights } from './weights.js'

/** What judging needs to know beside the need and the firm. */
export interface JudgeContext {
  weights: Weights
  provinceOf(ward: string): string | undefined
}

/** A firm judged by everything the need states, and by nothing else; in the order in which the reasons are read. */
export function judge(need: Understood, firm: FirmFacts, { weights, provinceOf }: JudgeContext): Judgement[] {
  return [
    ...judgeServices(need.services, firm, weights),
    judgeEvidence(need, firm, weights),
    judgeSector(need.sectors, firm, weights),
    judgePlace(need, firm, weights, provinceOf),
    judgeBudget(need, firm, weights),
    judgeDelivery(need, firm, weights),
    judgeLanguage(need.language, firm, weights),
    ...judgeMustHaves(need.mustHaves, firm, weights),
    judgeRefusal(need, firm, weights),
  ].filter((one): one is Judgement => one !== null)
}

/** Whether the firm's record says no to something that the need declares a must. */
export const breaksMust = (judgements: readonly Judgement[]): boolean =>
  judgements.some(({ detail, status }) => detail.criterion === 'mustHave' && status === 'unmet')
