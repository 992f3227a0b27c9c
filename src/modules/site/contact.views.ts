import type { ParkContext } from '../../kernel/park.js'
import { pickText, type ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatPhone } from '../../platform/i18n/formats.js'

/** View model of `site/contact.hbs`. */
export function contactView(context: RequestContext) {
  const { t, park, lang } = context
  const { address, phone, email, hours } = park.contacts
  const name = pickText(park.name, lang)
  const row = (what: string, words: ShownText | string | null, href: string | null = null) =>
    words ? [{ label: t(`site.contact.${what}`), words, href }] : []
  return {
    title: t('site.contact.title'),
    description: t('site.contact.lead', { park: name?.text ?? '' }),
    lead: t('site.contact.lead', { park: name?.text ?? '' }),
    structuredData: parkData(park, context),
    name,
    rows: [
      ...row('address', pickText(address, lang)),
      ...row('phone', phone ? formatPhone(phone) : null, `tel:${phone}`),
      ...row('email', email ?? null, `mailto:${email}`),
      ...row('hours', pickText(hours, lang)),
    ],
    words: pickText(park.pages?.contact, lang) ?? t('site.contact.words'),
    privacyHref: context.url('privacy'),
  }
}

/** View model of `site/terms.hbs`. */
export function termsView({ t, park, lang, url }: RequestContext) {
  const name = pickText(park.name, lang)?.text ?? ''
  return {
    title: t('site.terms.title'),
    description: t('site.terms.lead', { park: name }),
    lead: t('site.terms.lead', { park: name }),
    words: pickText(park.pages?.terms, lang) ?? t('site.terms.words', { privacy: url('privacy') }),
  }
}

/** The park itself, as schema.org describes an organisation. */
export function parkData({ name, contacts, logo }: ParkContext, context: RequestContext): object {
  const { lang, deps } = context
  const { address, phone, email } = contacts
  const where = pickText(address, lang)?.text
  return {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name: pickText(name, lang)?.text,
    url: deps.publicUrl,
    ...(email && { email }),
    ...(phone && { telephone: phone }),
    ...(where && { address: where }),
    ...(logo && { logo: context.absoluteUrl('park.logo', { file: logo.file }) }),
  }
}
