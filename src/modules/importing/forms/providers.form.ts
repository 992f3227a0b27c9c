import { requiredText } from '../../../kernel/fields.js'
import { type ProviderProfile, providerProfile } from '../../providers/index.js'
import { type Cells, given } from '../cells.js'
import type { Lookup } from '../lookup.rules.js'
import { anyText, type RecordForm } from './record-form.js'
import { sizeBand } from './size-band.js'

/** Firms. Without a status they are `associated`, the least that being listed says. */
export const providersForm: RecordForm<ProviderProfile> = {
  type: 'provider',
  schema: providerProfile,
  fields: [
    ...['externalId', 'name', 'tradeName', 'taxCode', 'tagline', 'description', 'features', 'benefits'],
    ...[
      'services',
      'priceMin',
      'priceMax',
      'sectors',
      'wards',
      'provinces',
      'status',
      'zone',
      'unit',
      'remote',
      'onSite',
    ],
    ...['sizeBand', 'employees', 'founded', 'languages', 'certifications', 'address', 'website', 'email', 'phone'],
  ],
  texts: ['name', 'tagline', 'description', 'features', 'benefits'],
  aliases: { service: 'services', sector: 'sectors', ward: 'wards', province: 'provinces', language: 'languages' },
  origins: {
    ...within('park', ['status', 'zone', 'unit']),
    ...within('contacts', ['website', 'email', 'phone']),
    sizeBand: ['sizeBand', 'employees'],
  },
  identity: (profile) => [profile.name, profile.description],
  slugFrom: (profile) => profile.tradeName ?? anyText(profile.name),
  assemble: (cells, lookup) => {
    const word = (field: string, visibility: 'public' | 'introduced') => {
      const value = cells.word(field)
      return value === undefined ? undefined : { value, visibility }
    }
    return given({
      name: cells.text('name'),
      tradeName: cells.word('tradeName'),
      taxCode: cells.taxCode('taxCode'),
      park: given({
        status: cells.word('status')?.toLowerCase() ?? 'associated',
        zone: cells.found('zone', lookup.zone),
        unit: cells.word('unit'),
      }),
      tagline: cells.text('tagline'),
      description: cells.text('description'),
      features: cells.texts('features'),
      benefits: cells.texts('benefits'),
      services: offered(cells, lookup),
      sectors: cells.foundAll('sectors', lookup.sector),
      wards: cells.foundAll('wards', lookup.ward, 'ward'),
      provinces: cells.foundAll('provinces', lookup.province, 'province'),
      remote: cells.flag('remote'),
      onSite: cells.flag('onSite'),
      sizeBand: sizeBand(cells, lookup),
      founded: cells.integer('founded'),
      languages: cells.words('languages')?.map((code) => code.toLowerCase()),
      certifications: cells.words('certifications'),
      address: cells.word('address'),
      // Addresses of people stay with those who were introduced, until the firm says otherwise.
      contacts: given({
        website: word('website', 'public'),
        email: word('email', 'introduced'),
        phone: word('phone', 'introduced'),
      }),
    })
  },
}

/** The same without limits of length. */
export const measuredForm: RecordForm<ProviderProfile> = {
  ...providersForm,
  schema: providerProfile.extend({
    name: requiredText(Number.POSITIVE_INFINITY),
    description: requiredText(Number.POSITIVE_INFINITY),
  }),
}

/** Fields that stand in one part of the content. */
function within(part: string, fields: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(fields.map((field) => [[part, field].join('.'), [field]]))
}

/** The services; a price in the file is that of each of them. */
function offered(cells: Cells, lookup: Lookup) {
  const min = cells.money('priceMin')
  const max = cells.money('priceMax')
  const price = given({ min, max })
  if (price && !cells.has('services')) cells.report('priceMin', 'priceOfNothing')
  // Here, since in the content the price stands once for each service.
  if (min !== undefined && max !== undefined && min > max) cells.report('priceMin', 'range')
  return cells.foundAll('services', lookup.service)?.map((service) => ({ service, ...(price && { price }) }))
}
