import type { Request, RequestHandler } from 'express'
import multer, { MulterError, type StorageEngine } from 'multer'
import { BadRequest, PayloadTooLarge } from './errors.js'

/** Largest file that is read, in bytes. */
export const LARGEST_FILE = 8 * 1024 * 1024

/**
 * Largest that is let in at all. What lies between is read and dropped, so that the form comes back with all that was
 * typed and says at its field that the file is too large.
 */
const LARGEST_REQUEST = 3 * LARGEST_FILE

/** Bounds of a form's fields beside its file. */
export const FIELD_LIMITS = { fields: 200, fieldSize: 128 * 1024, fieldNameSize: 100 }

/** A file as it was sent. Its name and the type it claims are not kept: neither is to be believed. */
export interface SentFile {
  /** Name of the form's field. */
  field: string
  /** Empty when it is too large. */
  data: Buffer
  tooLarge: boolean
}

const sent = new WeakMap<Request, SentFile>()

/** The file that came in a field of the form; null when none was chosen. */
export function sentFile(req: Request, field: string): SentFile | null {
  const file = sent.get(req)
  return file?.field === field ? file : null
}

/** Reads a form with at most one file; the fields become `req.body` as those of any other form. */
export function formWithFile(): RequestHandler {
  const parse = multer({
    storage: inMemory,
    limits: { files: 1, fileSize: LARGEST_REQUEST, ...FIELD_LIMITS },
  }).any()
  return (req, res, next) => {
    if (Number(req.get('Content-Length')) > LARGEST_REQUEST) throw new PayloadTooLarge()
    parse(req, res, (error?: unknown) => {
      req.body = textFields(req.body)
      next(error ? refusal(error) : undefined)
    })
  }
}

const inMemory: StorageEngine = {
  _handleFile: (req, { fieldname, stream }, done) => {
    let parts: Buffer[] = []
    let size = 0
    stream.on('data', (part: Buffer) => {
      size += part.length
      if (size > LARGEST_FILE) parts = []
      else parts.push(part)
    })
    stream.on('error', done)
    stream.on('end', () => {
      sent.set(req, { field: fieldname, data: Buffer.concat(parts), tooLarge: size > LARGEST_FILE })
      done(null, { size })
    })
  },
  _removeFile: (req, _file, done) => {
    sent.delete(req)
    done(null)
  },
}

/** Text, or lists of it: the parser also makes objects of names with brackets, and no form here has such. */
export function textFields(body: unknown): Record<string, string | string[]> {
  const fields = Object.entries(body ?? {}).filter(([, value]) => [value].flat().every((v) => typeof v === 'string'))
  return Object.fromEntries(fields)
}

const TOO_MUCH = /^LIMIT_(FILE_SIZE|PART_COUNT|FIELD_VALUE|FIELD_COUNT)$/

export function refusal(error: unknown): Error {
  if (error instanceof MulterError && TOO_MUCH.test(error.code)) return new PayloadTooLarge(error)
  return new BadRequest('the form cannot be read', 'badRequest', error)
}
