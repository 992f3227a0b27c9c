import { type PlainDate, plainDateIn } from '../../../kernel/clock.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { Lexicon, SearchDocument } from '../../../platform/search/index.js'
import { type NeedRecord, writtenNeed } from '../../needs/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { withCurrent } from '../current-terms.rules.js'
import { askOf } from '../need-words.rules.js'
import { asOf } from '../understanding/deadline.rules.js'
import { readVector, servicesIn, writeVector } from '../understanding/field-vector.rules.js'
import { specialitiesOf } from '../understanding/specialities.rules.js'
import { understand } from '../understanding/understand.rules.js'
import type { Understood } from '../understanding/understood.types.js'

/** What needs are read with. */
export interface NeedWords {
  lexicon: Lexicon
  taxonomy: TaxonomyView
  park: Pick<ParkContext, 'province' | 'timeZone'>
}

/** A need as the matcher reads it. */
export interface KnownNeed {
  id: string
  /** The record's version that was read. */
  version: number
  understood: Understood
  /** Firms that its owner will be introduced to at most. */
  wantsAtMost: number
}

/** From this confidence on a service is wanted; below it, and from this part of where a text stands in the field, the text leans to it. */
const WANTED = 0.6
const LEANING = 0.4

/** Raised when what is understood of a need is written otherwise: the documents of needs are then made anew. */
export const NEED_FORM = 3

/** What a service's concept is called in documents of needs that want it, or rather lean to it. */
export const wantConcept = (service: string): string => `wants:${service}`
export const leanConcept = (service: string): string => `leans:${service}`

/**
 * A need's search document with what was understood of it, so that the firms that could serve it find it by what they do, and it need not
 * be read again to be judged. "In two weeks" counts from the day it was written (`writtenNeed`).
 */
export function withUnderstanding(
  document: SearchDocument,
  record: NeedRecord,
  { lexicon, taxonomy, park }: NeedWords,
): SearchDocument {
  const { published } = record
  if (!published) return document
  const { text, given, writtenAt } = askOf(writtenNeed(published, record))
  const understood = understand(text, {
    ...{ lexicon, taxonomy, province: park.province },
    writtenOn: plainDateIn(writtenAt, park.timeZone),
    given: withCurrent(taxonomy, given),
  })
  const known = Array.isArray(document.concepts) ? document.concepts.map(String) : []
  return {
    ...document,
    concepts: [...known, ...conceptsOf(understood)],
    understood: JSON.stringify(written(understood), withoutSpans),
    responders: published.maxResponders,
  }
}

function conceptsOf({ services, field }: Understood): string[] {
  const wanted = services.filter(({ weight }) => weight >= WANTED).map(({ id }) => id)
  const near = servicesIn(field.vector).filter(([, part]) => part * field.clear >= LEANING)
  const leant = [...new Set([...services.map(({ id }) => id), ...near.map(([id]) => id)])].filter(
    (id) => !wanted.includes(id),
  )
  return [...wanted.map(wantConcept), ...leant.map(leanConcept)]
}

type Written = Omit<Understood, 'field' | 'specialities'> & {
  field: { vector: string; clear: number }
  /** Missing in documents from before it was read. */
  specialities?: string
}

const written = ({ field, specialities, ...need }: Understood): Written => ({
  ...need,
  field: { ...field, vector: writeVector(field.vector) },
  specialities: writeVector(
    specialitiesOf(
      specialities,
      need.services.map(({ id }) => id),
    ),
  ),
})

/** Where in the text something stands tells its reader; nobody reads the text here. */
const withoutSpans = (key: string, value: unknown) => (key === 'span' ? undefined : key === 'spans' ? [] : value)

/** A need from its document as it is on a day; null when the document does not carry it. */
export function needIn({ id, version, understood, responders }: SearchDocument, today: PlainDate): KnownNeed | null {
  if (typeof understood !== 'string') return null
  const { field, specialities = '', ...need } = JSON.parse(understood) as Written
  const standing = {
    field: { ...field, vector: readVector(field.vector) },
    specialities: readVector(specialities),
  }
  return { id, version, understood: asOf({ ...need, ...standing }, today), wantsAtMost: Number(responders) }
}
