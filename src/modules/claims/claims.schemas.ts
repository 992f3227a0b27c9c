import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { email, line } from '../../kernel/fields.js'

/** A mail address; a domain with accents is taken as it is typed. */
const address = z
  .string({ error: 'required' })
  .max(254, 'tooLong')
  .transform((typed) => {
    const at = typed.lastIndexOf('@')
    return at < 0 ? typed : `${typed.slice(0, at)}@${domainToASCII(typed.slice(at + 1).trim())}`
  })
  .pipe(email)

/** To prove it by a mailbox of the firm. */
export const mailForm = z.object({ email: address })

export const LONGEST_NOTE = 2_000

/** To prove it to the curators; a picture comes beside it. */
export const noteForm = z.object({ note: z.string({ error: 'required' }).pipe(line(LONGEST_NOTE, 1)) })
