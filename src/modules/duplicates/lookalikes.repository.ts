import type { Connection } from 'mongoose'
import type { LocalText } from '../../kernel/text.js'
import { type RecordRow, recordModels } from '../../platform/records/record.model.js'
import { isStanding } from '../../platform/records/standing.rules.js'
import { duplicateModels, ENOUGH_TO_TELL, type ListingType, type PrintRow } from './duplicates.model.js'
import { normalName } from './names.rules.js'
import { type Comparable, nameKey, taxRoot } from './prints.rules.js'

/** A record that may be the very one somebody is about to enter. */
export interface Lookalike {
  id: string
  slug: string
  by: 'taxCode' | 'name'
  /** Whether everybody may know of it; of one that is not public nothing may be said but that it is there. */
  isPublic: boolean
  name: LocalText
}

export interface LookalikeRepository {
  /** One with the same tax code, public or not; else a public one of the same name, whatever its legal form, accents and spaces. */
  find(
    parkId: string,
    type: ListingType,
    entry: { taxCode: string | undefined; name: string },
  ): Promise<Lookalike | null>
}

export function lookalikeRepository(db: Connection): LookalikeRepository {
  const { prints } = duplicateModels(db)
  const { records } = recordModels(db)

  async function withKey(parkId: string, type: ListingType, key: string): Promise<PrintRow[]> {
    return prints.find({ parkId, type, keys: key }).limit(ENOUGH_TO_TELL).lean<PrintRow[]>()
  }

  async function read(type: ListingType, rows: readonly PrintRow[], by: Lookalike['by']): Promise<Lookalike[]> {
    if (rows.length === 0) return []
    const found = await records[type].find({ _id: { $in: rows.map(({ _id }) => _id) } }).lean<RecordRow[]>()
    return found.map((row) => {
      const published = row.published as (Comparable & { listed?: boolean }) | null
      const isPublic = isStanding(row) && (type === 'provider' || published?.listed === true)
      const name = (published ?? (row.working as Comparable | null))?.name ?? {}
      return { id: row._id, slug: row.slug, by, isPublic, name }
    })
  }

  return {
    find: async (parkId, type, { taxCode, name }) => {
      const code = taxCode?.replace(/\D/g, '')
      const sameRoot = code ? await withKey(parkId, type, `tax:${taxRoot(code)}`) : []
      const sameCode = sameRoot.filter(({ print }) => code && print?.taxCodes.includes(code))
      const [known] = await read(type, sameCode, 'taxCode')
      if (known) return known
      const namesakes = await read(type, await withKey(parkId, type, nameKey(normalName(name))), 'name')
      return namesakes.find(({ isPublic }) => isPublic) ?? null
    },
  }
}
