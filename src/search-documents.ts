import { BUSINESSES_INDEX, type BusinessRecord, businessDocument } from './modules/businesses/index.js'
import type { Indexing, Projection } from './modules/indexing/index.js'
import { type NeedWords, serviceProfiles, withOffers, withUnderstanding } from './modules/matching/index.js'
import { NEEDS_INDEX, type NeedRecord, needDocument } from './modules/needs/index.js'
import { PROVIDERS_INDEX, type ProviderRecord, providerDocument } from './modules/providers/index.js'
import type { Taxonomy, TaxonomyView } from './modules/taxonomy/index.js'
import { staleDocuments, type TaxonomyUses } from './modules/taxonomy-editing/index.js'
import type { Logger } from './platform/log/logger.js'
import type { RecordRepository } from './platform/records/record.repository.js'
import type { RecordType } from './platform/records/record.types.js'
import type { Lexicon } from './platform/search/index.js'

/** What of each kind of record is searched. */
export function projections(
  taxonomy: () => TaxonomyView,
  lexicon: () => Lexicon,
  park: () => NeedWords['park'],
): Record<RecordType, Projection> {
  return {
    provider: {
      index: 'providers',
      schema: PROVIDERS_INDEX,
      document: (record: ProviderRecord) => {
        const document = providerDocument(record, taxonomy())
        const words = { lexicon: lexicon(), profiles: serviceProfiles(taxonomy().taxonomy) }
        return document && withOffers(document, words)
      },
    } as Projection,
    business: {
      index: 'businesses',
      schema: BUSINESSES_INDEX,
      document: (record: BusinessRecord) => businessDocument(record, taxonomy()),
    } as Projection,
    need: {
      index: 'needs',
      schema: NEEDS_INDEX,
      document: (record: NeedRecord) => {
        const document = needDocument(record, taxonomy(), lexicon())
        return (
          document && withUnderstanding(document, record, { lexicon: lexicon(), taxonomy: taxonomy(), park: park() })
        )
      },
    } as Projection,
  }
}

export interface RemakingDeps {
  indexing: Pick<Indexing, 'remake'>
  uses: TaxonomyUses
  records: RecordRepository
  log: Logger
}

/** Documents hold names of the taxonomy: where those change they are made anew, beside all else. Until then they are found by the former ones. */
export function remaking({ indexing, uses, records, log }: RemakingDeps) {
  let running: Promise<void> = Promise.resolve()
  return {
    /** Begins when what was begun before is done. */
    begin: (parkId: string, before: Taxonomy, after: Taxonomy) => {
      running = running
        .then(() => indexing.remake(() => staleDocuments({ uses, records }, parkId, before, after)))
        .catch((error) =>
          log.error({ err: error }, 'search documents could not be made anew; a restart makes all of them'),
        )
    },
    done: () => running,
  }
}
