import { domainToASCII } from 'node:url'
import providers from 'email-providers'

/** Domains under which anybody may have a mailbox. */
const PUBLIC: ReadonlySet<string> = new Set(providers)

/** Domains under which anybody may have a page: a firm's page there does not make the domain the firm's. */
const HOSTS = new Set([
  ...['facebook.com', 'zalo.me', 'youtube.com', 'tiktok.com', 'linkedin.com', 'instagram.com', 'google.com'],
  ...['shopee.vn', 'lazada.vn', 'tiki.vn', 'wordpress.com', 'blogspot.com', 'wixsite.com', 'github.io', 'github.com'],
  ...['haravan.com', 'sapo.vn', 'mysapo.net', 'business.site', 'linktr.ee', 'trangvangvietnam.com'],
])

/** A domain as computers compare it: small letters, accents as punycode, `www.` gone. Empty for what is none. */
export const plainDomain = (domain: string): string =>
  domainToASCII(domain.trim().replace(/\.$/, '')).replace(/^www\./, '')

/** The domain of a mail address; empty for what is none. */
export const mailDomain = (address: string): string => plainDomain(address.slice(address.lastIndexOf('@') + 1))

/** Whether anybody may have a mailbox or a page there, so that it proves nothing. */
export const isPublicDomain = (domain: string): boolean => PUBLIC.has(domain) || HOSTS.has(domain)

/** The domains of a website and a mail address that are their holder's own; what everybody uses is not. */
export function ownDomains({ website, email }: { website?: string | undefined; email?: string | undefined }): string[] {
  const hosts = [
    website && URL.canParse(website) ? plainDomain(new URL(website).hostname) : '',
    email ? mailDomain(email) : '',
  ]
  return [...new Set(hosts)].filter((host) => host.includes('.') && !isPublicDomain(host))
}
