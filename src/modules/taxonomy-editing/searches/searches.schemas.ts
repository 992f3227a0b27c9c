import { z } from 'zod'
import { line } from '../../../kernel/fields.js'
import { TERM_KINDS, type TermKind } from '../../taxonomy/index.js'
import { WORD_LISTS } from '../acts/acts.types.js'

const phrase = line(120, 1)

/** An entry in a form: `service:accounting`. */
const entryRef = z
  .string({ error: 'required' })
  .max(80, 'unknownTerm')
  .transform((value, context): { kind: TermKind; id: string } => {
    const [kind, id = ''] = value.split(':')
    const known = z.enum(TERM_KINDS).safeParse(kind)
    if (known.success && id) return { kind: known.data, id }
    context.addIssue({ code: 'custom', message: 'unknownTerm' })
    return z.NEVER
  })

export const wordForm = z.object({
  word: phrase,
  entry: entryRef,
  list: z.enum(WORD_LISTS, 'choice').default('synonyms'),
  /** Key of the search that found nothing. */
  miss: line(120).optional(),
})

export const dismissForm = z.object({ miss: phrase })
