import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { FileStore, StoredFile } from './files.repository.js'

/**
 * Answers with a file: always as the picture it was made, under a name of ours. `kept`: how long a browser may keep it;
 * what only some may see is not kept at all.
 */
export async function sendFile(
  res: Response,
  files: FileStore,
  file: StoredFile,
  { kept = 'private, no-store' }: { kept?: string } = {},
): Promise<void> {
  res.set({
    'Content-Type': 'image/webp',
    'Content-Length': String(file.size),
    'Content-Disposition': 'inline; filename="picture.webp"',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': kept,
  })
  await pipeline(files.open(file.id), res)
}
