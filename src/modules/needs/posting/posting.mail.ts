import type { ParkContext } from '../../../kernel/park.js'
import { pathTo } from '../../../kernel/routes.js'
import { type Lang, pickText } from '../../../kernel/text.js'
import type { MailTools } from '../../../platform/mail/mailing.js'

/** The mail that gives a guest the address of his need's page, in the language he wrote from. */
export function submittedMail(
  { translate, publicUrl }: MailTools,
  park: ParkContext,
  { lang, title, key }: { lang: Lang; title: string; key: string },
): { subject: string; text: string } {
  const t = translate(lang)
  const link = publicUrl + pathTo('needs.follow', lang, { key })
  return {
    subject: t('needs.mail.submitted.subject', { title }),
    text: t('needs.mail.submitted.text', { title, link, park: pickText(park.name, lang)?.text ?? '' }),
  }
}

/** The mail to somebody signed in, in the language he is written to; it leads to his need's page, which only he can open. */
export function ownSubmittedMail(
  { translate, publicUrl }: MailTools,
  park: ParkContext,
  { lang, title, need }: { lang: Lang; title: string; need: string },
): { subject: string; text: string } {
  const t = translate(lang)
  const link = publicUrl + pathTo('account.need', lang, { need })
  return {
    subject: t('needs.mail.submitted.subject', { title }),
    text: t('needs.mail.submitted.ownText', { title, link, park: pickText(park.name, lang)?.text ?? '' }),
  }
}
