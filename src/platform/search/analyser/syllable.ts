const ONSET = '(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?'
const CODA = '(?:ch|ng|nh|[cmnpt])?'
const NUCLEUS =
  '(?:[aeiouy]|a[iouy]|e[ou]|i[aeu]|o[aeio]|u[aeiouy]|y[eu]|ie[u]|ye[u]|oa[iyo]|oe[o]|uo[iu]|uay|uya|uye|uyu|ua[yi]|uu)'
const SYLLABLE = new RegExp(`^${ONSET}${NUCLEUS}${CODA}$`, 'u')

/**
 * Whether a folded word has the shape of a Vietnamese syllable. Lenient: some English words (`can`, `the`) have it too;
 * what matters is that no Vietnamese syllable lacks it.
 */
export function isSyllable(folded: string): boolean {
  return folded.length <= 7 && SYLLABLE.test(folded)
}
