import { type WeightsEditingDeps, weightsEditing } from './editing.service.js'
import { type EffectDeps, effectOf } from './effect/effect.service.js'
import { type ChangeDeps, changePages } from './form/change.routes.js'
import { type HubDeps, hubPages } from './hub/hub.routes.js'

type Deps = WeightsEditingDeps & EffectDeps & Omit<HubDeps & ChangeDeps, 'editing' | 'effectOf'>

/** The pages of the matcher's weights: what they are, changing them with the effect looked at first, and every version. */
export function weightsPages(deps: Deps) {
  const editing = weightsEditing(deps)
  return { ...hubPages({ ...deps, editing }), ...changePages({ ...deps, editing, effectOf: effectOf(deps) }) }
}
