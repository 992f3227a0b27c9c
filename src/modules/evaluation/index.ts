export { openRetrievalSet } from './beir.js'
export { DEPTH, enterSet, figuresOf, rankAll, runLines } from './evaluation.service.js'
export { type Answer, type Figures, type Ranked, type RetrievalSet, UnreadableSet } from './evaluation.types.js'
export {
  intervals,
  type JudgedAnswer,
  judgedFigures,
  MEASURES,
  type Measure,
} from './judged/judged-figures.rules.js'
export { openJudgedSet } from './judged/judged-set.js'
export { HALVES, type Half, hasAnswer, type JudgedNeed, VOICES } from './judged/judged-set.types.js'
export type { Interval } from './statistics.rules.js'
