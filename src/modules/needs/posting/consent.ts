import { textVersion } from '../../../kernel/purposes.js'

/** The version of the text that somebody who posts a need is shown and agrees to. */
export const CONSENT_VERSION = textVersion('guest-need')
