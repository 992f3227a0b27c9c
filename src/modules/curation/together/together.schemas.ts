import { z } from 'zod'
import { many } from '../../../platform/http/query.js'
import { VIEW_QUERY } from '../queue/queue.schemas.js'
import type { Pin } from './together.service.js'

/** As many as stand on a page of the queue. */
const MOST = 50

const caseId = z.string().regex(/^\w{1,40}$/)

export const SELECTION_QUERY = {
  ...VIEW_QUERY,
  case: many(caseId, MOST),
  action: z.string().max(40).nullable().default(null),
}

/** A case and its version as the form carries them: `id` or `id.7`. */
const pin = z
  .string()
  .regex(/^\w{1,40}(\.\d{1,9})?$/)
  .transform((text): Pin => {
    const [id = '', version] = text.split('.')
    return { id, version: version === undefined ? null : Number(version) }
  })

export const pinOf = ({ id, version }: Pin): string => (version === null ? id : `${id}.${version}`)

export const togetherForm = z.object({
  action: z.string().max(40),
  pin: z.preprocess((value) => [value ?? []].flat(), z.array(pin).min(1).max(MOST)),
})
