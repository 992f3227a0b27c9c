import { otherMatters } from './other-matters.js'
import { shortNames } from './short-names.js'

/** The lists by which needs are read beside the taxonomy and the field's texts: with other ones documents of needs are made anew. */
export const wordLists = () => [shortNames(), otherMatters()]
