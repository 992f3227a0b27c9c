import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { ownDomains } from '../../kernel/domains.js'
import type { LocalText } from '../../kernel/text.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import { houseAndStreet } from './addresses.rules.js'
import { inAnyOrder, joined, type NormalName, normalName } from './names.rules.js'

/** What of a listing two are compared by, each comparable as it stands. */
export interface Print {
  names: readonly NormalName[]
  /** Ten digits, and the branch's three where there are some. */
  taxCodes: readonly string[]
  phones: readonly string[]
  mails: readonly string[]
  domains: readonly string[]
  addresses: readonly string[]
  wards: readonly string[]
}

/** The parts of a firm's or a business's profile that are read here. */
export interface Comparable {
  name: LocalText
  tradeName?: string | undefined
  taxCode?: string | undefined
  address?: string | undefined
  ward?: string | undefined
  contacts?:
    | {
        website?: { value: string } | undefined
        email?: { value: string } | undefined
        phone?: { value: string } | undefined
      }
    | undefined
}

/** What is public and what is being prepared both count; null for a record that is no more: archived, merged, emptied. */
export function printOf(
  record: Pick<StoredRecord<unknown>, 'published' | 'working' | 'archivedAt' | 'mergedInto'>,
): Print | null {
  if (record.archivedAt || record.mergedInto) return null
  const contents = [record.published, record.working].filter((one): one is Comparable => one !== null)
  if (contents.length === 0) return null
  const each = <T>(read: (content: Comparable) => readonly (T | null | undefined | '')[]): T[] => [
    ...new Set(contents.flatMap(read).filter((value): value is T => Boolean(value))),
  ]
  return {
    names: each((c) => [c.tradeName, c.name?.vi, c.name?.en]).map((name) => normalName(name as string)),
    taxCodes: each((c) => [c.taxCode?.replace(/\D/g, '')]),
    phones: each((c) => [c.contacts?.phone && plainPhone(c.contacts.phone.value)]),
    mails: each((c) => [c.contacts?.email?.value.trim().toLowerCase()]),
    domains: each((c) => ownDomains({ website: c.contacts?.website?.value, email: c.contacts?.email?.value })),
    addresses: each((c) => [c.address && houseAndStreet(c.address)]),
    wards: each((c) => [c.ward]),
  }
}

/** A number that is none is compared by its digits. */
function plainPhone(raw: string): string {
  const parsed = parsePhoneNumberFromString(raw, 'VN')
  return parsed ? parsed.number : raw.replace(/\D/g, '')
}

export const taxRoot = (code: string): string => code.slice(0, 10)

/**
 * Under which words a listing is looked up: two that may be the same share at least one. A key that too many share (a
 * common name, a park's switchboard) finds nothing by itself; those it would have found share a rarer one.
 */
export function keysOf(print: Print): string[] {
  return [
    ...new Set([
      ...print.taxCodes.map((code) => `tax:${taxRoot(code)}`),
      ...print.phones.map((phone) => `phone:${phone}`),
      ...print.mails.map((mail) => `mail:${mail}`),
      ...print.domains.map((domain) => `domain:${domain}`),
      ...print.addresses.map((address) => `address:${address}`),
      ...print.names.flatMap(nameKeys),
    ]),
  ]
}

/** Of a longer name the words left when one of them is taken away, so that one word more, less or other is bridged. */
const LONG_ENOUGH = { words: 3, letters: 8 }

function nameKeys(name: NormalName): string[] {
  const core = [...new Set(name.core)]
  const letters = core.join('')
  return [
    nameKey(name),
    `words:${inAnyOrder(name.words)}`,
    ...(core.length > 0 ? [`core:${inAnyOrder(core)}`] : []),
    ...(core.length >= LONG_ENOUGH.words
      ? core.map((left) => `core:${inAnyOrder(core.filter((word) => word !== left))}`)
      : []),
    ...(letters.length >= LONG_ENOUGH.letters ? [`start:${letters.slice(0, LONG_ENOUGH.letters - 1)}`] : []),
  ]
}

/** The key of the whole name, spaces and legal form aside. */
export const nameKey = (name: NormalName): string => `name:${joined(name)}`
