export { createIntroductionIndexes } from './introductions.model.js'
