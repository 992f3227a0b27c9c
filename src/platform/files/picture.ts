import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'

/** A picture as it is kept: WebP, turned upright, with nothing beside its pixels. */
export interface Picture {
  data: Buffer
  width: number
  height: number
}

/** Why a file is no picture to keep; each is a key under `fields.errors.` of the catalogue. */
type PictureFault = 'notAPicture' | 'heicPicture' | 'brokenPicture' | 'pictureTooBig'

export type PictureResult = { ok: true; picture: Picture } | { ok: false; reason: PictureFault }

/** Longest side of what is kept, in pixels: an A4 page photographed is still read with ease. */
const LONGEST_SIDE = 2_000

/** Pixels a picture may unfold into: phones of today take 50 million. */
const MOST_PIXELS = 60_000_000

/** Time for one picture, in seconds. */
const LONGEST_WORK = 20

const TYPES = new Set(['image/jpeg', 'image/png', 'image/webp'])
const PHONE_TYPES = new Set(['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'])

// Whatever a file says of itself, no other decoder than these is ever run on it.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })
sharp.concurrency(1)
sharp.cache(false)

let last: Promise<unknown> = Promise.resolve()

/**
 * Makes the picture that is kept out of a file somebody sent: told by its content and drawn anew, so that what else was
 * in the file (place, camera, a script behind the pixels) is gone. One at a time, as each takes a core and much memory.
 */
export async function readPicture(file: Uint8Array): Promise<PictureResult> {
  const type = (await fileTypeFromBuffer(file))?.mime ?? ''
  if (PHONE_TYPES.has(type)) return { ok: false, reason: 'heicPicture' }
  if (!TYPES.has(type)) return { ok: false, reason: 'notAPicture' }
  const turn = last.then(() => draw(file))
  last = turn.catch(() => {})
  return turn
}

async function draw(file: Uint8Array): Promise<PictureResult> {
  const input = { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 } as const
  try {
    const { data, info } = await sharp(file, input)
      .timeout({ seconds: LONGEST_WORK })
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true })
    return { ok: true, picture: { data, width: info.width, height: info.height } }
  } catch (error) {
    const tooBig = /pixel limit|timeout|too large/i.test(error instanceof Error ? error.message : '')
    return { ok: false, reason: tooBig ? 'pictureTooBig' : 'brokenPicture' }
  }
}
