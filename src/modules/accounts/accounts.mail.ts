import type { ParkContext } from '../../kernel/park.js'
import { pathTo, type RouteName, type RouteParams } from '../../kernel/routes.js'
import { type Lang, pickText } from '../../kernel/text.js'
import type { MailTools } from '../../platform/mail/mailing.js'

/** Mails about accounts; each is `accounts.mail.<name>` of the catalogues. */
export type AccountMail =
  | 'signUp'
  | 'signUpKnown'
  | 'reset'
  | 'resetUnknown'
  | 'resetSuspended'
  | 'passwordChanged'
  | 'factorSet'
  | 'factorRemoved'
  | 'recoveryCodeUsed'
  | 'addressNew'
  | 'addressOld'
  | 'addressTaken'
  | 'addressChanged'

/** Writes a mail of an account in its receiver's language; `link` is where it leads, `other` a second address. */
export function accountMail(
  { translate, publicUrl }: MailTools,
  park: ParkContext,
  { name, lang, link, other, email }: AccountMailContent,
): { subject: string; text: string } {
  const t = translate(lang)
  const at = ([route, params]: Target) => publicUrl + pathTo(route, lang, params)
  return {
    subject: t(`accounts.mail.${name}.subject`),
    text: t(`accounts.mail.${name}.text`, {
      park: pickText(park.name, lang)?.text ?? '',
      ...(link && { link: at(link) }),
      ...(other && { other: at(other) }),
      ...(email && { email }),
    }),
  }
}

type Target = readonly [RouteName, RouteParams?]

interface AccountMailContent {
  name: AccountMail
  lang: Lang
  link?: Target
  other?: Target
  /** An address that the mail speaks of. */
  email?: string
}
