export { createIntroductionIndexes } from './introductions.model.js'
export { workingDaysAfter } from './rules/working-days.rules.js'
