import { setImmediate as breathe } from 'node:timers/promises'

/** Called between pieces of long work: lets others have their turn when it has lasted long enough. */
export type Pace = () => Promise<void> | undefined

/** Long work is done in pieces of about so many milliseconds, many small steps in one. */
const SLICE_MS = 4

/** Work goes on for at most about `sliceMs` at a time. */
export function paceBy(sliceMs = SLICE_MS): Pace {
  let begun = performance.now()
  return () => {
    if (performance.now() - begun < sliceMs) return undefined
    return breathe().then(() => {
      begun = performance.now()
    })
  }
}
