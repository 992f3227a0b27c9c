/** Term saturation of BM25, at the low end of its usual range: in a directory a word said twice says little more than once. */
const K1 = 0.9
/** Rare words decide: idf is raised to this power. */
const RARITY_POWER = 1.4
/** Saturations, 0 to 1, are kept as whole numbers of this: what is lost is far less than anybody could see. */
export const SATURATION_UNIT = 1 / 65_535

/** What it is worth to be one of `holders` among `all` documents: a power of BM25's idf, never negative. */
export const rarity = (holders: number, all: number): number =>
  Math.log(1 + (all - holders + 0.5) / (holders + 0.5)) ** RARITY_POWER

/** BM25's saturation of a frequency that is weighted and normalised, in units of `SATURATION_UNIT`. */
export const saturation = (frequency: number): number => (frequency / (K1 + frequency) / SATURATION_UNIT + 0.5) | 0
