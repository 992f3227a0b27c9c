import { type LogoPagesDeps, logoPages } from './logo.routes.js'
import { parkPages } from './park.routes.js'
import { type ParkSettingsDeps, parkSettings } from './park-settings.service.js'
import { type VersionPagesDeps, versionPages } from './versions.routes.js'

/** The pages of the park's settings. */
export function parkSettingsPages(deps: ParkSettingsDeps & Omit<VersionPagesDeps & LogoPagesDeps, 'settings'>) {
  const settings = parkSettings(deps)
  return { ...parkPages({ settings }), ...logoPages({ ...deps, settings }), ...versionPages({ ...deps, settings }) }
}
