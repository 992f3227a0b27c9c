import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ParkContext } from '../../../../src/kernel/park.js'
import { type Actor, VISITOR } from '../../../../src/kernel/permissions.js'
import { matcher, serviceProfiles, withOffers } from '../../../../src/modules/matching/index.js'
import { shippedWeights } from '../../../../src/modules/matching/weighing/shipped-weights.js'
import { type NeedContent, needContent } from '../../../../src/modules/needs/index.js'
import {
  PROVIDERS_INDEX,
  type ProviderRecord,
  providerDocument,
  providerProfile,
} from '../../../../src/modules/providers/index.js'
import { shippedTaxonomy, toLexicon, viewOf } from '../../../../src/modules/taxonomy/index.js'
import { createBuiltinEngine } from '../../../../src/platform/search/index.js'

/** The demonstration firms in a search engine of their own, without a database: what the matcher is tried on. */

export const taxonomy = viewOf(shippedTaxonomy())
export const lexicon = toLexicon(taxonomy.taxonomy)
export const { weights } = shippedWeights()
const offerWords = { lexicon, profiles: serviceProfiles(taxonomy.taxonomy) }
export const TODAY = '2026-11-24'
export const PARK: ParkContext = {
  id: 'park',
  slug: 'park',
  name: { vi: 'Khu thử' },
  place: { vi: 'Vị Thanh' },
  timeZone: 'Asia/Ho_Chi_Minh',
  province: '92',
  contacts: {},
  zones: [],
  about: { vi: 'Khu thử' },
  facts: [],
  demonstration: true,
}

interface ListingFile {
  externalId: string
  profile: unknown
}

interface NeedFile {
  externalId: string
  content: object
}

const FOLDER = join(import.meta.dirname, '../../../../src/modules/demonstration/data')
const read = <T>(kind: string): T[] =>
  readdirSync(join(FOLDER, kind))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(FOLDER, kind, name), 'utf8')) as T[])

export const demonstrationNeeds: readonly { id: string; content: NeedContent }[] = read<NeedFile>('needs').map(
  ({ externalId, content }) => ({ id: externalId, content: needContent.parse(content) }),
)

export const demonstrationFirms: readonly ProviderRecord[] = read<ListingFile>('providers').map(
  ({ externalId, profile }) => providerRecord(externalId, profile),
)

/** A published firm as it would come from the database. */
export function providerRecord(id: string, profile: unknown): ProviderRecord {
  const at = new Date('2026-11-01T00:00:00Z')
  return {
    id,
    parkId: PARK.id,
    version: 1,
    slug: id,
    source: 'demonstration',
    externalId: id,
    published: providerProfile.parse(profile),
    working: null,
    status: null,
    ownerId: null,
    createdAt: at,
    updatedAt: at,
    publishedAt: at,
    archivedAt: null,
    mergedInto: null,
    ...{ withheld: null, featuredAt: null, expiresOn: null },
  }
}

/** The matcher over the given firms, on a day of its own. */
export async function matcherOver(firms: readonly ProviderRecord[], clock = () => new Date(`${TODAY}T05:00:00Z`)) {
  const search = createBuiltinEngine()
  await search.useLexicon(lexicon)
  await search.ensureIndex('providers', PROVIDERS_INDEX)
  await search.upsert(
    'providers',
    firms.flatMap((firm) => {
      const document = providerDocument(firm, taxonomy)
      return document ? [withOffers(document, offerWords)] : []
    }),
  )
  const byId = new Map(firms.map((firm) => [firm.id, firm]))
  return matcher({
    search,
    providers: { byIds: async (_actor: Actor, ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []) },
    taxonomy: () => taxonomy,
    lexicon: () => lexicon,
    weights: () => weights,
    clock,
  })
}

export const visitor = VISITOR
