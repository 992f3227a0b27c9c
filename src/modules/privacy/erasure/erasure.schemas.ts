import { z } from 'zod'

const LONGEST = 254

/** The password as it is typed, or the address of somebody who has none. */
export const erasureForm = z.object({
  proof: z.string({ error: 'required' }).min(1, 'required').max(LONGEST, 'tooLong'),
})
