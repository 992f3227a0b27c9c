import type { ToldRow } from './alerts.model.js'

/** What fits now. */
interface Fitting {
  id: string
  version: number
  changedAt: Date
  met: readonly string[]
}

/** Something to tell; `again`: it was told before, and more of it fits now. */
export type News<F extends Fitting> = F & { again: boolean }

/**
 * What of all that fits is to be told: what the watch does not know and was changed since it began, and of what it knows, that which
 * was changed since and fits in more than it did. Changed words alone are no news, nor is another order of what was there before.
 */
export function newsOf<F extends Fitting>(
  begun: Date,
  found: readonly F[],
  told: readonly Pick<ToldRow, 'item' | 'version' | 'met'>[],
): News<F>[] {
  return found.flatMap((one): News<F>[] => {
    const known = told.filter(({ item }) => item === one.id)
    if (known.length === 0) return one.changedAt > begun ? [{ ...one, again: false }] : []
    const changed = known.every(({ version }) => version < one.version)
    const before = new Set(known.flatMap(({ met }) => met))
    return changed && one.met.some((what) => !before.has(what)) ? [{ ...one, again: true }] : []
  })
}
