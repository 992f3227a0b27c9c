import type { Connection } from 'mongoose'
import type { LocalText } from '../../../kernel/text.js'
import { recordModels } from '../../../platform/records/record.model.js'
import { fold } from '../../../platform/search/analyser/fold.js'
import type { OrganisationType } from '../organisation.types.js'

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
  /** One with the same tax code, public or not; else a public one of the same name, whatever its accents and spaces. */
  find(
    parkId: string,
    type: OrganisationType,
    entry: { taxCode: string | undefined; name: string },
  ): Promise<Lookalike | null>
}

interface Content {
  name?: LocalText
  tradeName?: string
  taxCode?: string
  listed?: boolean
}

interface Row {
  _id: string
  slug: string
  published: Content | null
  working: Content | null
}

const READ = ['name', 'tradeName', 'taxCode', 'listed'].flatMap((key) => [`published.${key}`, `working.${key}`])

export function lookalikeRepository(db: Connection): LookalikeRepository {
  const { records } = recordModels(db)
  return {
    find: async (parkId, type, { taxCode, name }) => {
      const wanted = bare(name)
      let namesake: Lookalike | null = null
      // Rare enough to look through all of them: a name is compared folded, which no index holds.
      const rows = records[type]
        .find({ parkId, archivedAt: null }, ['slug', ...READ].join(' '))
        .lean<Row>()
        .cursor({ batchSize: 500 })
      for await (const row of rows) {
        const { published, working } = row as Row
        const contents = [published, working].filter((content) => content != null)
        const isPublic = published != null && (type === 'provider' || published.listed === true)
        const found = { id: row._id, slug: row.slug, isPublic, name: contents[0]?.name ?? {} }
        if (taxCode && contents.some((content) => digits(content.taxCode) === digits(taxCode)))
          return { ...found, by: 'taxCode' }
        const names = [published?.tradeName, published?.name?.vi, published?.name?.en]
        if (isPublic && names.some((one) => one && bare(one) === wanted)) namesake ??= { ...found, by: 'name' }
      }
      return namesake
    },
  }
}

const digits = (code: string | undefined) => code?.replace(/\D/g, '')

const bare = (name: string) => fold(name).replace(/[^\p{L}\p{N}]+/gu, '')
