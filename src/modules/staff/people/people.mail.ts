import type { ParkContext } from '../../../kernel/park.js'
import { pathTo } from '../../../kernel/routes.js'
import { type Lang, pickText } from '../../../kernel/text.js'
import type { MailTools } from '../../../platform/mail/mailing.js'
import type { PersonAct } from './people.rules.js'

/** Tells somebody what an administrator did to his account, in his language. */
export function actMail(
  { translate, publicUrl }: MailTools,
  park: ParkContext,
  act: PersonAct,
  lang: Lang,
): { subject: string; text: string } {
  const t = translate(lang)
  const name = pickText(park.name, lang)?.text ?? ''
  return {
    subject: t(`staff.mail.${act}.subject`),
    text: t('staff.mail.frame', {
      what: t(`staff.mail.${act}.text`, { park: name }),
      link: publicUrl + pathTo('accounts.sign-in', lang),
      park: name,
      contact: park.contacts.email ?? '',
    }),
  }
}
