export { type MatchAnswer, type MatchAsk, type MatchedFirm, type Matcher, matcher } from './matching.service.js'
