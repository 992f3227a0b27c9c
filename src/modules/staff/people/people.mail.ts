import type { ParkContext } from '../../../kernel/park.js'
import { pathTo } from '../../../kernel/routes.js'
import { type Lang, pickText } from '../../../kernel/text.js'
import type { Translate } from '../../../platform/i18n/translator.js'
import type { PersonAct } from './people.rules.js'

export interface MailTools {
  translate(lang: Lang): Translate
  /** Origin of the links in mails. */
  publicUrl: string
}

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
