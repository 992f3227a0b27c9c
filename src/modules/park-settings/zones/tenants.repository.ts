import type { Connection } from 'mongoose'
import { recordModels } from '../../../platform/records/record.model.js'

/** A firm that sits in a zone, by its public version or the one being prepared. */
export interface Tenant {
  id: string
  /** Units of this zone that it names: of the public version and of the one being prepared. */
  units: readonly string[]
}

export interface TenantRepository {
  /** Firms of a zone; archived ones too, since they may come back. */
  of(parkId: string, zone: string): Promise<Tenant[]>
}

interface Content {
  park?: { zone?: string; unit?: string }
}

interface Row {
  _id: string
  published: Content | null
  working: Content | null
}

const SIDES = ['published', 'working'] as const
const READ = SIDES.flatMap((side) => [`${side}.park.zone`, `${side}.park.unit`])

export function tenantRepository(db: Connection): TenantRepository {
  const { provider } = recordModels(db).records
  return {
    of: async (parkId, zone) => {
      const tenants = new Map<string, Tenant>()
      for (const side of SIDES) {
        // The type stands there for the server's planner: without it a partial index of strings is not considered.
        const filter = { [`${side}.park.zone`]: { $eq: zone, $type: 'string' as const }, parkId }
        for (const row of await provider.find(filter, READ).lean<Row[]>()) tenants.set(row._id, toTenant(row, zone))
      }
      return [...tenants.values()]
    },
  }
}

function toTenant({ _id, ...row }: Row, zone: string): Tenant {
  const places = SIDES.map((side) => row[side]?.park).filter((place) => place?.zone === zone)
  return { id: _id, units: [...new Set(places.flatMap((place) => place?.unit ?? []))] }
}

/** Finds the firms of a zone without reading all firms; most sit in none. */
export async function createTenantIndexes(db: Connection): Promise<void> {
  const { provider } = recordModels(db).records
  for (const side of SIDES) {
    const zone = `${side}.park.zone`
    await provider.collection.createIndex({ [zone]: 1 }, { partialFilterExpression: { [zone]: { $type: 'string' } } })
  }
}
