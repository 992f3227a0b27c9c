import type { Lang } from '../../kernel/text.js'
import type { Translate } from '../i18n/translator.js'

/** What a template's helpers know of the request beside the view model. */
export interface ViewContext {
  lang: Lang
  t: Translate
  /** IANA name of the zone in which instants are shown. */
  timeZone: string
  /** Address of a file of `public/` or a vendored one, by its name. */
  asset(name: string): string
  /** Makes the form's token (and its cookie) at the first call. */
  csrfToken(): string
}
