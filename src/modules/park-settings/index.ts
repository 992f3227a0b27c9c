import { type LogoPagesDeps, logoPages } from './logo.routes.js'
import { parkPages } from './park.routes.js'
import { type ParkSettingsDeps, parkSettings } from './park-settings.service.js'
import { type VersionPagesDeps, versionPages } from './versions.routes.js'
import { tenantRepository } from './zones/tenants.repository.js'
import { zonePages } from './zones/zones.routes.js'
import { type ZoneDeps, zones as zonesOf } from './zones/zones.service.js'

export { createTenantIndexes } from './zones/tenants.repository.js'

type Deps = ParkSettingsDeps &
  Omit<VersionPagesDeps & LogoPagesDeps, 'settings' | 'zones'> &
  Omit<ZoneDeps, 'settings' | 'tenants'>

/** The pages of the park's settings. */
export function parkSettingsPages(deps: Deps) {
  const settings = parkSettings(deps)
  const zones = zonesOf({ ...deps, settings, tenants: tenantRepository(deps.db) })
  return {
    ...parkPages({ settings, zones }),
    ...logoPages({ ...deps, settings }),
    ...zonePages({ zones }),
    ...versionPages({ ...deps, settings, zones }),
  }
}
