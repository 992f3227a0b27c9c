import type { Lang } from '../../kernel/text.js'
import type { Translate } from '../i18n/translator.js'

/** What the words of a mail are made with. */
export interface MailTools {
  /** Texts in the language of the receiver, who is seldom the one who asks. */
  translate(lang: Lang): Translate
  /** Origin of the links in mails. */
  publicUrl: string
}

/** What every use case needs that tells somebody by mail. */
export interface Mailing extends MailTools {
  /** Told after a mail was put into the outbox. */
  onMail(): void
}
