import type { ParkContext } from '../../kernel/park.js'
import { pathTo } from '../../kernel/routes.js'
import { type Lang, type LocalText, pickText } from '../../kernel/text.js'
import type { Translate } from '../../platform/i18n/translator.js'

interface MailTools {
  translate(lang: Lang): Translate
  publicUrl: string
}

/**
 * The link that proves a mailbox. Whoever has typed the address may be anybody, so the mail quotes nothing of his and
 * says what to do when it comes unasked.
 */
export function proofMail(
  { translate, publicUrl }: MailTools,
  park: ParkContext,
  { lang, name, key }: { lang: Lang; name: LocalText; key: string },
): { subject: string; text: string } {
  const words = { name: pickText(name, lang)?.text ?? '', park: pickText(park.name, lang)?.text ?? '' }
  const t = translate(lang)
  return {
    subject: t('claims.mail.proof.subject', words),
    text: t('claims.mail.proof.text', { ...words, link: publicUrl + pathTo('claims.show', lang, { key }) }),
  }
}
