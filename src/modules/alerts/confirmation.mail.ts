import type { ParkContext } from '../../kernel/park.js'
import { RETENTION } from '../../kernel/retention.js'
import { pathTo } from '../../kernel/routes.js'
import { type Lang, pickText } from '../../kernel/text.js'
import type { MailTools } from '../../platform/mail/mailing.js'

/** Mail programs make a link of these, and anybody may have written them to anybody. */
const ADDRESS =
  /\b(?:https?:\/\/|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|vn|info|biz|io|me|ly|co|xyz|top|shop|online|site|club|app|dev|link|cc|ru|cn)\b\S*/giu

const withoutAddresses = (text: string) => text.replace(ADDRESS, '…')

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
      label: withoutAddresses(label),
      link: publicUrl + pathTo('alerts.link', lang, { key }),
      days: RETENTION.alertConfirmDays,
      park: pickText(park.name, lang)?.text ?? '',
    }),
  }
}
