export { openRetrievalSet } from './beir.js'
export { DEPTH, enterSet, figuresOf, rankAll, runLines } from './evaluation.service.js'
export { type Answer, type Figures, type Ranked, type RetrievalSet, UnreadableSet } from './evaluation.types.js'
