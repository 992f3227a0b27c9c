import type { KeptIndexes } from '../../platform/search/index.js'
import type { Offsets } from './offsets.repository.js'

/** The place in the change log of an engine whose own files say how far they go. */
export const keptIndexOffsets = (engine: KeptIndexes): Offsets => ({
  load: (form) => engine.restored(form),
  begin: (form, seq) => engine.moveTo({ form, seq }),
  // While documents of another form are made anew, some are still of the former one.
  save: (form, seq) => engine.advance({ form, seq }),
  reset: async (form, seq) => {
    await engine.moveTo({ form, seq })
    await engine.renew()
  },
})
