import type { RequestContext } from '../../platform/http/context.js'
import { formatPhone } from '../../platform/i18n/formats.js'
import type { Translate } from '../../platform/i18n/translator.js'
import { publicContacts } from './providers.api.views.js'
import type { ProviderProfile } from './providers.schemas.js'

/** One way to reach a firm: a link, or why there is none. */
export interface ContactView {
  label: string
  /** Null when it is not for everybody or not known; `instead` then says which. */
  link: { href: string; label: string; outside: boolean } | null
  instead: string
}

type Kind = keyof ProviderProfile['contacts']

const KINDS: readonly Kind[] = ['phone', 'email', 'website']

export function contactViews(
  profile: ProviderProfile,
  t: Translate,
  { contactsOpen }: { contactsOpen: boolean },
): ContactView[] {
  const all = publicContacts(profile)
  const open = contactsOpen ? all : {}
  return KINDS.map((kind) => {
    const value = open[kind]
    return {
      label: t(`providers.contact.${kind}`),
      link: value === undefined ? null : contactLink(kind, value),
      instead: insteadOf(kind),
    }
  })

  function insteadOf(kind: Kind): string {
    if (!profile.contacts[kind]) return t('listing.notStated')
    return t(all[kind] === undefined ? 'providers.contact.introduced' : 'providers.contact.later')
  }
}

/** What is said to somebody who has opened the contacts of very many firms. */
export const contactsClosed = ({ t, url, viewer }: RequestContext, slug: string) => ({
  text: t('providers.contact.closed'),
  signIn: viewer
    ? null
    : {
        href: url('accounts.sign-in', {}, { next: url('providers.show', { slug }) }),
        label: t('providers.contact.signIn'),
      },
})

/** A phone number, address or page as a link. */
export function contactLink(kind: Kind, value: string): NonNullable<ContactView['link']> {
  if (kind === 'email') return { href: `mailto:${value}`, label: value, outside: false }
  if (kind === 'phone') return { href: `tel:${value}`, label: formatPhone(value), outside: false }
  return { href: value, label: new URL(value).host.replace(/^www\./, ''), outside: true }
}
