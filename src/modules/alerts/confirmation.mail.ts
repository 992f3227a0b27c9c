import type { ParkContext } from '../../kernel/park.js'
import { RETENTION } from '../../kernel/retention.js'
import { pathTo } from '../../kernel/routes.js'
import { type Lang, pickText } from '../../kernel/text.js'
import type { MailTools } from '../../platform/mail/mailing.js'

/** The link by which somebody without an account confirms that the address is his. */
export function confirmationMail(
  { translate, publicUrl }: MailTools,
  park: ParkContext,
  { label, key, lang }: { label: string; key: string; lang: Lang },
): { subject: string; text: string } {
  const t = translate(lang)
  return {
    subject: t('alerts.mail.confirm.subject'),
    text: t('alerts.mail.confirm.text', {
      label,
      link: publicUrl + pathTo('alerts.link', lang, { key }),
      days: RETENTION.alertConfirmDays,
      park: pickText(park.name, lang)?.text ?? '',
    }),
  }
}
