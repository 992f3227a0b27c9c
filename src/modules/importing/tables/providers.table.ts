import type { ProviderProfile } from '../../providers/index.js'
import { providersForm } from '../forms/providers.form.js'
import { cell, flagCell, listCell, textsCell } from './cells-out.rules.js'
import { bothLanguages, column, type ListingTable, textColumns } from './listing-table.js'

type Offered = ProviderProfile['services'][number]
type Contact = { value: string; visibility: string }

/** The price when it is the same for every service: a table has room for one. */
function priceOf({ services }: ProviderProfile, end: 'min' | 'max'): string {
  const [first, ...others] = services.map(({ price }) => JSON.stringify(price ?? null))
  return others.every((price) => price === first) ? cell(services[0]?.price?.[end]) : ''
}

export const providersTable: ListingTable<ProviderProfile> = {
  form: providersForm,
  columns: [
    ...textColumns<ProviderProfile>('name', (p) => p.name),
    column('tradeName', (p) => cell(p.tradeName)),
    column('taxCode', (p) => cell(p.taxCode)),
    ...textColumns<ProviderProfile>('tagline', (p) => p.tagline),
    ...textColumns<ProviderProfile>('description', (p) => p.description),
    ...bothLanguages<ProviderProfile>('features', (p, lang) => textsCell(p.features, lang)),
    ...bothLanguages<ProviderProfile>('benefits', (p, lang) => textsCell(p.benefits, lang)),
    column('services', (p) => listCell(p.services.map(({ service }) => service))),
    column('priceMin', (p) => priceOf(p, 'min')),
    column('priceMax', (p) => priceOf(p, 'max')),
    column('sectors', (p) => listCell(p.sectors)),
    column('wards', (p) => listCell(p.wards)),
    column('provinces', (p) => listCell(p.provinces)),
    column('status', (p) => p.park.status),
    column('zone', (p) => cell(p.park.zone)),
    column('unit', (p) => cell(p.park.unit)),
    column('remote', (p) => flagCell(p.remote)),
    column('onSite', (p) => flagCell(p.onSite)),
    column('sizeBand', (p) => cell(p.sizeBand)),
    column('founded', (p) => cell(p.founded)),
    column('languages', (p) => listCell(p.languages)),
    column('certifications', (p) => listCell(p.certifications)),
    column('address', (p) => cell(p.address)),
    column('website', (p) => cell(p.contacts.website?.value)),
    column('email', (p) => cell(p.contacts.email?.value)),
    column('phone', (p) => cell(p.contacts.phone?.value)),
  ],
  together: [['services', 'priceMin', 'priceMax'], ['features'], ['benefits']],
  merge: {
    services: (before, said, changed) => mergeServices(before as Offered[], said as Offered[], changed),
    'contacts.website': keepVisibility,
    'contacts.email': keepVisibility,
    'contacts.phone': keepVisibility,
  },
}

/** What a table has no room for stays: the firm's words about a service, its weeks, and prices that differ. */
function mergeServices(before: Offered[] = [], said: Offered[] = [], changed: ReadonlySet<string>): Offered[] {
  const priced = changed.has('priceMin') || changed.has('priceMax')
  return said.map(({ service, price }) => {
    const { price: old, ...known } = before.find((one) => one.service === service) ?? { service }
    const next = priced ? price : (old ?? price)
    return { ...known, ...(next && { price: next }) }
  })
}

/** Who may see it is the firm's to say, not a table's. */
function keepVisibility(before: unknown, said: unknown): unknown {
  const [old, next] = [before as Contact | undefined, said as Contact | undefined]
  return next && old ? { ...next, visibility: old.visibility } : next
}
