import { domainToASCII } from 'node:url'
import providers from 'email-providers'
import type { ProviderProfile } from '../providers/index.js'

/** Domains under which anybody may have a mailbox. */
const PUBLIC: ReadonlySet<string> = new Set(providers)

/** Domains under which anybody may have a page: a firm's page there does not make the domain the firm's. */
const HOSTS = new Set([
  ...['facebook.com', 'zalo.me', 'youtube.com', 'tiktok.com', 'linkedin.com', 'instagram.com', 'google.com'],
  ...['shopee.vn', 'lazada.vn', 'tiki.vn', 'wordpress.com', 'blogspot.com', 'wixsite.com', 'github.io', 'github.com'],
  ...['haravan.com', 'sapo.vn', 'mysapo.net', 'business.site', 'linktr.ee', 'trangvangvietnam.com'],
])

/** A domain as computers compare it: small letters, accents as punycode, `www.` gone. Empty for what is none. */
const plain = (domain: string): string => domainToASCII(domain.trim().replace(/\.$/, '')).replace(/^www\./, '')

/** The domain of a mail address; empty for what is none. */
export const mailDomain = (address: string): string => plain(address.slice(address.lastIndexOf('@') + 1))

/** Whether anybody may have a mailbox there, so that one proves nothing. */
export const isPublicDomain = (domain: string): boolean => PUBLIC.has(domain) || HOSTS.has(domain)

/**
 * The domains that are a firm's own, by the website and the mail address of its listing. What everybody uses is not, nor
 * what is the park's (`others`).
 */
export function domainsOf({ contacts }: Pick<ProviderProfile, 'contacts'>, others: readonly string[]): string[] {
  const { website, email } = contacts
  const hosts = [
    website && URL.canParse(website.value) ? plain(new URL(website.value).hostname) : '',
    email ? mailDomain(email.value) : '',
  ]
  const foreign = new Set(others.map(plain))
  return [...new Set(hosts)].filter((host) => host.includes('.') && !isPublicDomain(host) && !foreign.has(host))
}

/**
 * Whether an address lies at one of these domains itself. Below it does not count, nor above: a university's students
 * have mailboxes below its domain, and a shop's page may stand below somebody else's.
 */
export const liesAt = (address: string, domains: readonly string[]): boolean => domains.includes(mailDomain(address))
