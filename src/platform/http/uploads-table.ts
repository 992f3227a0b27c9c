import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler } from 'express'
import multer, { type StorageEngine } from 'multer'
import { PayloadTooLarge } from './errors.js'
import { FIELD_LIMITS, refusal, textFields } from './uploads.js'

/** Largest table that is read, in bytes. */
export const LARGEST_TABLE = 50 * 2 ** 20

/** Largest that is let in at all: what lies between is read and dropped, so that the form itself can say that it is too large. */
const LARGEST_REQUEST = 64 * 2 ** 20

/** A table as it was sent, on the disk until the request is answered. */
export interface SentTable {
  path: string
  /** As its sender called it, shortened; to be shown, and for nothing else. */
  name: string
  tooLarge: boolean
}

const sent = new WeakMap<Request, SentTable & { field: string; folder: string; ended: AbortController }>()

/** The table that came in a field of the form; null when none was chosen. */
export function sentTable(req: Request, field: string): SentTable | null {
  const table = sent.get(req)
  return table?.field === field ? table : null
}

/** Reads a form with at most one large file, which goes to the disk and not through memory. */
export function formWithTable(): RequestHandler {
  const parse = multer({
    storage: onDisk,
    defParamCharset: 'utf8',
    limits: { files: 1, fileSize: LARGEST_REQUEST, ...FIELD_LIMITS },
  }).any()
  return (req, res, next) => {
    if (Number(req.get('Content-Length')) > LARGEST_REQUEST) throw new PayloadTooLarge()
    res.once('close', () => void forget(req))
    parse(req, res, (error?: unknown) => {
      req.body = textFields(req.body)
      next(error ? refusal(error) : undefined)
    })
  }
}

const onDisk: StorageEngine = {
  _handleFile: (req, { fieldname, originalname, stream }, done) => {
    void keep(req, fieldname, originalname, stream).then((size) => done(null, { size }), done)
  },
  _removeFile: (req, _file, done) => {
    void forget(req).then(() => done(null), done)
  },
}

async function keep(req: Request, field: string, name: string, stream: NodeJS.ReadableStream): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'table-'))
  const path = join(folder, 'table')
  const ended = new AbortController()
  const table = { path, name: name.replace(/\p{Cc}/gu, '').slice(-LONGEST_NAME), tooLarge: false, field, folder, ended }
  sent.set(req, table)
  let size = 0
  await pipeline(
    stream,
    async function* (chunks: NodeJS.ReadableStream) {
      for await (const chunk of chunks) {
        size += (chunk as Buffer).length
        if (size > LARGEST_TABLE) table.tooLarge = true
        else yield chunk
      }
    },
    createWriteStream(path, { mode: 0o600 }),
    { signal: ended.signal },
  )
  return size
}

const LONGEST_NAME = 120

async function forget(req: Request): Promise<void> {
  const table = sent.get(req)
  sent.delete(req)
  // Whoever goes away in the middle leaves no open file behind, which would keep its room on the disk.
  table?.ended.abort()
  if (table) await rm(table.folder, { recursive: true, force: true })
}
