import { mailDomain, ownDomains, plainDomain } from '../../kernel/domains.js'
import type { ProviderProfile } from '../providers/index.js'

export { isPublicDomain, mailDomain } from '../../kernel/domains.js'

/**
 * The domains that are a firm's own, by the website and the mail address of its listing. What everybody uses is not, nor
 * what is the park's (`others`).
 */
export function domainsOf({ contacts }: Pick<ProviderProfile, 'contacts'>, others: readonly string[]): string[] {
  const { website, email } = contacts
  const foreign = new Set(others.map(plainDomain))
  return ownDomains({ website: website?.value, email: email?.value }).filter((host) => !foreign.has(host))
}

/**
 * Whether an address lies at one of these domains itself. Below it does not count, nor above: a university's students
 * have mailboxes below its domain, and a shop's page may stand below somebody else's.
 */
export const liesAt = (address: string, domains: readonly string[]): boolean => domains.includes(mailDomain(address))
