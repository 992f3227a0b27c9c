import type { Request } from 'express'
import type { FieldError } from '../../kernel/errors.js'
import { LARGEST_FILE, sentFile } from '../http/uploads.js'
import { type Picture, readPicture } from './picture.js'

export type SentPicture = { ok: true; picture: Picture } | { ok: false; error: FieldError }

/** The picture that a form brought in one of its fields, made anew; null when none was chosen. */
export async function sentPicture(req: Request, field: string): Promise<SentPicture | null> {
  const file = sentFile(req, field)
  if (!file) return null
  if (file.tooLarge)
    return { ok: false, error: { field, code: 'fileTooLarge', params: { megabytes: LARGEST_FILE / 2 ** 20 } } }
  const read = await readPicture(file.data)
  return read.ok ? read : { ok: false, error: { field, code: read.reason } }
}
