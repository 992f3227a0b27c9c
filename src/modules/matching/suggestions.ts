import { type Clock, plainDateIn } from '../../kernel/clock.js'
import type { Lexicon } from '../../platform/search/index.js'
import type { Understand } from '../needs/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { understand } from './understanding/understand.rules.js'

export interface SuggestionDeps {
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  clock: Clock
}

/** From this confidence on a service is chosen beforehand, below it only offered. */
const SURE = 0.6

/** What a guest's words already say, so that the form asks him to confirm it instead of typing it again. */
export function suggestions({ taxonomy, lexicon, clock }: SuggestionDeps): Understand {
  return (text, { park }) => {
    const writtenOn = plainDateIn(clock(), park.timeZone)
    const read = understand(text, { lexicon: lexicon(), taxonomy: taxonomy(), province: park.province, writtenOn })
    return {
      language: read.language,
      services: read.services.map(({ id, weight }) => ({ id, sure: weight >= SURE })),
      sector: read.sectors[0]?.id ?? null,
      budget: read.budget ? { min: read.budget.min, max: read.budget.max } : null,
      ward: read.ward?.code ?? null,
      deadline: read.deadline?.date ?? null,
      onSite: read.onSite?.value ?? null,
    }
  }
}
