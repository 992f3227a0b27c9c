import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { readPicture } from '../../../../src/platform/files/picture.js'

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#2a6b4f' } })

const jpeg = await blank(320, 200).jpeg().toBuffer()
const png = await blank(320, 200).png().toBuffer()
const webp = await blank(320, 200).webp().toBuffer()

const kept = async (file: Uint8Array) => {
  const result = await readPicture(file)
  if (!result.ok) throw new Error(result.reason)
  return result.picture
}

const reasonOf = async (file: Uint8Array | string) => {
  const result = await readPicture(typeof file === 'string' ? Buffer.from(file) : file)
  return result.ok ? 'kept' : result.reason
}

describe('a picture', () => {
  test.each([
    ['JPEG', jpeg],
    ['PNG', png],
    ['WebP', webp],
  ])('in %s is kept as WebP', async (_, file) => {
    const { data, width, height } = await kept(file)
    expect([(await sharp(data).metadata()).format, width, height]).toEqual(['webp', 320, 200])
  })

  test('that is large is made smaller, one that is small is left', async () => {
    expect(await kept(await blank(3000, 1500).jpeg().toBuffer())).toMatchObject({ width: 2000, height: 1000 })
    expect(await kept(await blank(20, 10).png().toBuffer())).toMatchObject({ width: 20, height: 10 })
  })

  test('loses where and with what it was taken, and stands upright', async () => {
    const taken = await blank(300, 100)
      .withMetadata({ orientation: 6 })
      .withExifMerge({
        IFD0: { Make: 'Kamera', Copyright: 'Chị Bảy' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '9/1 47/1 0/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '105/1 28/1 0/1',
        },
      })
      .jpeg()
      .toBuffer()
    expect(taken.includes('Kamera')).toBe(true)
    const { data, width, height } = await kept(taken)
    const { exif, xmp, icc, iptc, orientation } = await sharp(data).metadata()
    expect([exif, xmp, icc, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect(data.includes('Kamera') || data.includes('Exif')).toBe(false)
    expect([width, height]).toEqual([100, 300])
  })

  test('that moves is kept as its first frame', async () => {
    const frames = [blank(40, 40), sharp({ create: { width: 40, height: 40, channels: 3, background: '#fff' } })]
    const moving = await sharp(await Promise.all(frames.map((f) => f.png().toBuffer())), { join: { animated: true } })
      .webp()
      .toBuffer()
    expect((await sharp(moving).metadata()).pages).toBe(2)
    const { data } = await kept(moving)
    expect((await sharp(data).metadata()).pages ?? 1).toBe(1)
  })
})

describe('what was hidden in a picture is gone', () => {
  const script = '<script>alert(document.domain)</script>'
  const php = '<?php system($_GET["c"]); ?>'

  test.each([
    ['behind the end of a PNG', Buffer.concat([png, Buffer.from(script)])],
    ['behind the end of a JPEG', Buffer.concat([jpeg, Buffer.from(php + script)])],
    ['an archive behind a PNG', Buffer.concat([png, Buffer.from(`PK\u0003\u0004${script}`)])],
    ['in a comment of a JPEG', withComment(jpeg, script)],
    ['in a text chunk of a PNG', withChunk(png, 'tEXt', Buffer.from(`Comment\0${script}`))],
  ])('%s', async (_, file) => {
    expect(file.includes('<script>')).toBe(true)
    const { data } = await kept(file)
    expect(data.includes('script')).toBe(false)
    expect(data.includes('PK\u0003\u0004')).toBe(false)
    expect(data.includes('<?php')).toBe(false)
  })
})

describe('no picture', () => {
  test.each([
    ['nothing', ''],
    ['words', 'không phải ảnh'],
    ['an SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    [
      'an SVG that reads a file',
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><svg>&f;</svg>',
    ],
    ['a page', '<!DOCTYPE html><html><script>alert(1)</script></html>'],
    ['a script that begins like a GIF', 'GIF89a/*<svg/onload=alert(1)>*/=alert(1)//'],
    ['a PDF', '%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'],
    [
      'a command for ImageMagick',
      'push graphic-context\nviewbox 0 0 640 480\nfill \'url(https://x"|id")\'\npop graphic-context',
    ],
    ['PostScript', '%!PS\nuserdict /setpagedevice undef\n{ null restore } stopped'],
    ['an archive', 'PK\u0003\u0004\u0014\0\0\0\0\0'],
  ])('is %s', async (_, file) => {
    expect(await reasonOf(file)).toBe('notAPicture')
  })

  test('is a kind that is not asked for, whatever its name says', async () => {
    expect(await reasonOf(await blank(20, 20).gif().toBuffer())).toBe('notAPicture')
    expect(await reasonOf(await blank(20, 20).tiff().toBuffer())).toBe('notAPicture')
    expect(await reasonOf(await blank(20, 20).avif().toBuffer())).toBe('notAPicture')
  })

  test("is, with advice of its own, an iPhone's HEIC", async () => {
    expect(await reasonOf(Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0heicmif1', 'latin1'))).toBe('heicPicture')
  })
})

describe('a broken picture', () => {
  test.each([
    ['a PNG cut off', png.subarray(0, png.length - 40)],
    ['a JPEG cut off', jpeg.subarray(0, Math.floor(jpeg.length / 2))],
    ['a WebP cut off', webp.subarray(0, 60)],
    ['only the first bytes of a PNG', png.subarray(0, 8)],
    ['a PNG that goes on as something else', Buffer.concat([png.subarray(0, 8), Buffer.from('<svg onload=alert(1)>')])],
    [
      'a JPEG that is only its beginning and a page',
      Buffer.from('\xff\xd8\xff\xe0<html><script>alert(1)</script>', 'latin1'),
    ],
  ])('is %s', async (_, file) => {
    expect(['brokenPicture', 'notAPicture']).toContain(await reasonOf(file))
  })
})

describe('a picture that unfolds without end', () => {
  const bomb = (width: number, height: number, rows: number) => {
    const head = Buffer.alloc(13)
    head.writeUInt32BE(width, 0)
    head.writeUInt32BE(height, 4)
    head.set([1, 0, 0, 0, 0], 8)
    const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const pixels = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * rows))
    return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
  }

  test.each([
    ['a million million pixels in a few bytes', bomb(1_000_000, 1_000_000, 1)],
    ['as large as the format lets one say', bomb(0x7fffffff, 0x7fffffff, 1)],
    ['400 million white pixels', bomb(20_000, 20_000, 20_000)],
    ['a line of 100 million pixels', bomb(100_000_000, 1, 1)],
  ])('is refused before it does: %s', async (_, file) => {
    expect(file.length).toBeLessThan(300_000)
    const before = process.memoryUsage().rss
    expect(['pictureTooBig', 'brokenPicture']).toContain(await reasonOf(file))
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20)
  })
})

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, sum])
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}

/** A chunk behind the head of a PNG, which takes its first 33 bytes. */
function withChunk(file: Buffer, type: string, data: Buffer): Buffer {
  return Buffer.concat([file.subarray(0, 33), chunk(type, data), file.subarray(33)])
}

function withComment(file: Buffer, text: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(text.length + 2)
  return Buffer.concat([file.subarray(0, 2), Buffer.from([0xff, 0xfe]), length, Buffer.from(text), file.subarray(2)])
}
