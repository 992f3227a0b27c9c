/** The version of the consent text that a guest agrees to: the day of the privacy page's present version, `privacy.asOf`. */
export const CONSENT_VERSION = '2026-11-24'
