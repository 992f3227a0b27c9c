import type { Actor } from '../../../../../src/kernel/permissions.js'
import { type Introduced, needsForFirm, withUnderstanding } from '../../../../../src/modules/matching/index.js'
import { NEEDS_INDEX, type NeedContent, type NeedRecord, needDocument } from '../../../../../src/modules/needs/index.js'
import { createBuiltinEngine } from '../../../../../src/platform/search/index.js'
import { lexicon, PARK, providerRecord, TODAY, taxonomy, weights } from '../demonstration-park.js'

/** A published need as it would come from the database. */
export const needRecord = (id: string, content: NeedContent): NeedRecord => ({
  ...providerRecord(id, { name: { vi: id }, description: { vi: id }, park: { status: 'resident' } }),
  published: content,
  working: null,
  status: 'published',
})

export const NOBODY_YET: Introduced = {
  acceptedBy: async () => new Map(),
  withFirm: async () => new Set(),
}

/** Words take a second to compile: one engine serves all, with the needs of the last call. */
async function newEngine() {
  const engine = createBuiltinEngine()
  await engine.useLexicon(lexicon)
  await engine.ensureIndex('needs', NEEDS_INDEX)
  return engine
}
let engine: ReturnType<typeof newEngine> | null = null

async function* documentsOf(needs: readonly NeedRecord[]) {
  for (const need of needs) {
    const document = needDocument(need, taxonomy, lexicon)
    if (document) yield withUnderstanding(document, need, { lexicon, taxonomy, park: PARK })
  }
}

/** Needs ranked for firms, over the given needs alone, until the next call. */
export async function needsOver(needs: readonly NeedRecord[], introduced: Introduced = NOBODY_YET, day = TODAY) {
  engine ??= newEngine()
  const search = await engine
  await search.rebuild('needs', documentsOf(needs))
  const byId = new Map(needs.map((need) => [need.id, need]))
  const read: string[] = []
  const judging = (candidates?: number) =>
    needsForFirm({
      search,
      needs: {
        byIds: async (_actor: Actor, ids: readonly string[]) => {
          read.push(...ids)
          return ids.flatMap((id) => byId.get(id) ?? [])
        },
      },
      introduced,
      ...(candidates !== undefined && { candidates }),
      taxonomy: () => taxonomy,
      lexicon: () => lexicon,
      weights: () => weights,
      clock: () => new Date(`${day}T05:00:00Z`),
    })
  return {
    ...judging(),
    /** The same over the same needs, so many of them judged for a firm. */
    judging,
    /** Ids of the records read so far. */
    read,
  }
}
