import type { ParkContext } from '../../kernel/park.js'
import { pathTo } from '../../kernel/routes.js'
import { type Lang, type LocalText, pickText } from '../../kernel/text.js'
import type { MailTools } from '../../platform/mail/mailing.js'

/** To who keeps a page that somebody else asks for. Who that is stands in the curators' case, not in a mail. */
export function rivalMail(
  { translate, publicUrl }: MailTools,
  park: ParkContext,
  { lang, name, organisation }: { lang: Lang; name: LocalText; organisation: string },
): { subject: string; text: string } {
  const words = { name: pickText(name, lang)?.text ?? '', park: pickText(park.name, lang)?.text ?? '' }
  const t = translate(lang)
  const link = publicUrl + pathTo('organisations.members', lang, { organisation })
  return { subject: t('claims.mail.rival.subject', words), text: t('claims.mail.rival.text', { ...words, link }) }
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
