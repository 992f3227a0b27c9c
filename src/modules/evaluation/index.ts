export { type AnsweredAnswer, type AnsweredFigures, answeredFigures } from './answered/answered-figures.rules.js'
export { openAnsweredSet, openAnsweredSets } from './answered/answered-set.js'
export type {
  AnsweredNeed,
  AnsweredSet,
  AnsweredSetName,
} from './answered/answered-set.types.js'
export { bm25, DRESSES } from './baselines/bm25.rules.js'
export { openRetrievalSet } from './beir.js'
export { DEPTH, enterSet, figuresOf, rankAll, runLines } from './evaluation.service.js'
export { type Answer, type Figures, type Ranked, type RetrievalSet, UnreadableSet } from './evaluation.types.js'
export { askJudged, type JudgedAnswer, type ToldAnswer, type ToldNeed } from './judged/ask-judged.js'
export {
  intervals,
  type JudgedFigures,
  judgedFigures,
  MEASURES,
  type Measure,
  scoreOf,
  timesAsGood,
} from './judged/judged-figures.rules.js'
export { openJudgedSet } from './judged/judged-set.js'
export { GOOD, HALVES, type Half, hasAnswer, type JudgedNeed, VOICES } from './judged/judged-set.types.js'
export type { Interval } from './statistics.rules.js'
