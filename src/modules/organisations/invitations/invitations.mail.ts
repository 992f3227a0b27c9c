import type { ParkContext } from '../../../kernel/park.js'
import type { MemberRole } from '../../../kernel/permissions.js'
import { pathTo } from '../../../kernel/routes.js'
import { type Lang, pickText } from '../../../kernel/text.js'
import type { MailTools } from '../../../platform/mail/mailing.js'
import { publicNameOf } from '../names.rules.js'
import type { Organisation } from '../organisation.types.js'

/** The mail that asks somebody in, in his own language where it is known. */
export function invitationMail(
  { translate, publicUrl }: MailTools,
  park: ParkContext,
  invited: { lang: Lang; organisation: Organisation; inviter: string; role: MemberRole; key: string },
): { subject: string; text: string } {
  const { lang, organisation, inviter, role, key } = invited
  const t = translate(lang)
  const name = publicNameOf(organisation, lang).text
  return {
    subject: t('organisations.mail.invitation.subject', { name }),
    text: t('organisations.mail.invitation.text', {
      ...{ name, inviter },
      role: t(`organisations.members.does.${role}`),
      park: pickText(park.name, lang)?.text ?? '',
      link: publicUrl + pathTo('invitations.show', lang, { key }),
    }),
  }
}
