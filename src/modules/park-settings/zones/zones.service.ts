import type { FieldError } from '../../../kernel/errors.js'
import { newId } from '../../../kernel/ids.js'
import type { ParkContext, ParkZone } from '../../../kernel/park.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { ProviderProfile } from '../../providers/index.js'
import { type ParkSettings, versionOf } from '../park-settings.service.js'
import type { Fields } from '../sections/section.types.js'
import { zonesSection } from '../sections/zones.section.js'
import type { TenantRepository } from './tenants.repository.js'

type Place = ProviderProfile['park']

export interface ZoneDeps {
  settings: ParkSettings
  tenants: TenantRepository
  records: Pick<RecordRepository, 'byIds'>
  change: Change
}

/** Where firms are moved to; `zone` null: they sit in none any more. */
export interface Target {
  zone: string | null
  unit: string | null
}

export interface Zones {
  /** Zones and units that firms sit in and that would no longer be there. */
  inUse(park: ParkContext, next: readonly ParkZone[]): Promise<FieldError[]>
  /** How many firms sit in a zone, and in each of its units. */
  count(park: ParkContext, zone: string): Promise<{ firms: number; units: ReadonlyMap<string, number> }>
  /** Moves all firms of a zone to another and takes it out. False: somebody changed the zones meanwhile. */
  retire(person: Person, park: ParkContext, zone: string, target: Target): Promise<boolean>
  /** Moves all firms of a unit, and its name in the list of units. */
  moveUnit(person: Person, park: ParkContext, from: { zone: string; unit: string }, target: Target): Promise<boolean>
}

const BATCH = 100

export function zones({ settings, tenants, records, change }: ZoneDeps): Zones {
  /** Moves the firms whose place `fits`, in one batch that their versions name. */
  async function moveFirms(person: Person, park: ParkContext, zone: string, to: (place: Place) => Place) {
    const [batch, ids] = [newId(), (await tenants.of(park.id, zone)).map(({ id }) => id)]
    for (let at = 0; at < ids.length; at += BATCH) {
      const found = await records.byIds<ProviderProfile>('provider', ids.slice(at, at + BATCH))
      const moved = (profile: ProviderProfile | null) => profile && { ...profile, park: to(profile.park) }
      const edits = found.flatMap(({ id, version, published, working }) => {
        const set = { published: moved(published), working: moved(working) }
        const same = placeOf(set.published) === placeOf(published) && placeOf(set.working) === placeOf(working)
        return same ? [] : [{ id, expect: version, set }]
      })
      const request = { parkId: park.id, type: 'provider', by: person.personId, action: 'retag', batch } as const
      await change<ProviderProfile>({ ...request, why: 'moved with a zone or unit of the park', edits })
    }
  }

  const writeZones = async (person: Person, park: ParkContext, next: readonly ParkZone[]) =>
    (await settings.write(person, { section: zonesSection, seen: versionOf(park, zonesSection), set: { zones: next } }))
      .ok

  const count: Zones['count'] = async (park, zone) => {
    const found = await tenants.of(park.id, zone)
    const units = new Map<string, number>()
    for (const unit of found.flatMap((tenant) => tenant.units)) units.set(unit, (units.get(unit) ?? 0) + 1)
    return { firms: found.length, units }
  }

  return {
    count,
    inUse: async (park, next) => {
      const errors: FieldError[] = []
      for (const [index, zone] of park.zones.entries()) {
        const kept = next.find(({ id }) => id === zone.id)
        const gone = (zone.units ?? []).filter((unit) => !kept?.units?.includes(unit))
        if (kept && gone.length === 0) continue
        const { firms, units } = await count(park, zone.id)
        if (!kept && firms > 0)
          errors.push({ field: `zones.${index}.name.vi`, code: 'zoneInUse', params: { count: firms } })
        const used = kept && gone.find((unit) => units.has(unit))
        if (used)
          errors.push({
            ...{ field: `zones.${index}.units`, code: 'unitInUse' },
            params: { unit: used, count: units.get(used) ?? 0 },
          })
      }
      return errors
    },
    retire: async (person, park, zone, target) => {
      await moveFirms(person, park, zone, (place) => (place.zone === zone ? withPlace(place, target) : place))
      return writeZones(
        person,
        park,
        park.zones.filter(({ id }) => id !== zone),
      )
    },
    moveUnit: async (person, park, from, target) => {
      const isThere = (place: Place) => place.zone === from.zone && place.unit === from.unit
      // The new place is listed first, so that no firm sits in one that is not.
      const next = park.zones.map((zone) => {
        const left = (zone.units ?? []).filter((unit) => !(zone.id === from.zone && unit === from.unit))
        const units = zone.id === target.zone && target.unit ? [...new Set([...left, target.unit])] : left
        return { ...zone, units }
      })
      const written = await writeZones(person, park, next)
      if (written)
        await moveFirms(person, park, from.zone, (place) => (isThere(place) ? withPlace(place, target) : place))
      return written
    },
  }
}

/** What a change of any part would take out although firms sit there; only the zones can. */
export const zonesInUse = async (all: Pick<Zones, 'inUse'>, park: ParkContext, set: Fields): Promise<FieldError[]> =>
  'zones' in set ? all.inUse(park, set.zones as readonly ParkZone[]) : []

/** The unit stays with a firm whose zone alone is another, unless one is named. */
function withPlace({ zone: _, unit, ...place }: Place, target: Target): Place {
  const next = target.unit ?? unit
  return { ...place, ...(target.zone && { zone: target.zone }), ...(next && { unit: next }) }
}

const placeOf = (profile: ProviderProfile | null) => JSON.stringify([profile?.park.zone, profile?.park.unit])
