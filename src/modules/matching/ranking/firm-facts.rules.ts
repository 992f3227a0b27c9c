import type { FieldValue, SearchDocument } from '../../../platform/search/index.js'
import { NOT_STATED } from '../../providers/index.js'
import { type Refusal, readRefusal } from '../offers/refused-work.rules.js'
import { type FieldVector, readVector } from '../understanding/field-vector.rules.js'

/** Where a firm's service comes from: its list, or only its own text. */
export interface OfferedService {
  id: string
  /** `whole`: what its text as a whole is about; `mention`: named in its text. */
  by: 'list' | 'whole' | 'mention'
  /** Place in its list, 0 for the first; 0 for those of its text. */
  rank: number
  /** Whole đồng. */
  price: Ends
  deliveryWeeks: Ends
}

export interface Ends {
  from: number | null
  to: number | null
}

/** What a firm states, as far as it is judged by it. Empty and null: not stated. */
export interface FirmFacts {
  id: string
  /** Folded to lower case; empty where it is not known. */
  name: string
  /** What its entries have in common where it has several; null: not known. */
  organisation: string | null
  /** When it was first published, in ms since 1970; null: not known. */
  listedSince: number | null
  services: readonly OfferedService[]
  /** Whether it keeps a list of services at all. */
  listsServices: boolean
  sectors: readonly string[]
  wards: readonly string[]
  provinces: readonly string[]
  remote: boolean | null
  onSite: boolean | null
  languages: readonly string[]
  /** Where it stands in the field by its text and its list. */
  field: FieldVector
  /** Which kinds of work its text speaks of within the services that it does; nothing of one of which it says nothing in particular. */
  specialities: FieldVector
  /** The languages that it writes of itself in; empty where it writes too little to tell. */
  written: readonly string[]
  certifications: readonly string[]
  /** What its text says that it does not do. */
  denies: readonly Refusal[]
  /** In the order of the record; null where a case does not say. */
  cases: readonly { service: string | null; sector: string | null }[]
}

/** The facts in a firm's search document. */
export function factsOf(document: SearchDocument): FirmFacts {
  const listed = strings(document.service)
  const numbersAt = (field: string, at: number) => stated(numbers(document[field])[at])
  const caseSectors = strings(document.caseSector)
  const services = listed.map((id, rank) => ({
    id,
    by: 'list' as const,
    rank,
    price: { from: numbersAt('priceFrom', rank), to: numbersAt('priceTo', rank) },
    deliveryWeeks: { from: numbersAt('weeksFrom', rank), to: numbersAt('weeksTo', rank) },
  }))
  return {
    id: document.id,
    name: typeof document.sortName === 'string' ? document.sortName : '',
    organisation: typeof document.organisation === 'string' ? document.organisation : null,
    listedSince: typeof document.listedSince === 'number' ? document.listedSince : null,
    services: [
      ...services,
      ...strings(document.about).map(inText('whole')),
      ...strings(document.mentions).map(inText('mention')),
    ],
    listsServices: listed.length > 0,
    sectors: strings(document.sector),
    wards: strings(document.ward),
    provinces: strings(document.province),
    remote: flag(document.remote),
    onSite: flag(document.onSite),
    languages: strings(document.language),
    field: readVector(String(document.field ?? '')),
    specialities: readVector(String(document.specialities ?? '')),
    written: strings(document.written),
    certifications: strings(document.certification),
    denies: strings(document.denies).map(readRefusal),
    cases: strings(document.caseService).map((service, i) => ({
      service: service || null,
      sector: caseSectors[i] || null,
    })),
  }
}

const NOTHING = { from: null, to: null } as const

const inText =
  (by: 'whole' | 'mention') =>
  (id: string): OfferedService => ({ id, by, rank: 0, price: NOTHING, deliveryWeeks: NOTHING })

const strings = (value: FieldValue | undefined): readonly string[] =>
  Array.isArray(value)
    ? value.filter((one): one is string => typeof one === 'string')
    : typeof value === 'string'
      ? [value]
      : []

const numbers = (value: FieldValue | undefined): readonly number[] =>
  Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : []

const stated = (value: number | undefined) => (value === undefined || value === NOT_STATED.number ? null : value)

const flag = (value: FieldValue | undefined) => (typeof value === 'boolean' ? value : null)
