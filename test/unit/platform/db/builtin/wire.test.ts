import { serialize, Timestamp } from 'bson'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../../../../../src/platform/db/builtin/bson/values.js'
import { BatchReply, encodeReply } from '../../../../../src/platform/db/builtin/replies.js'
import {
  Framer,
  frameReply,
  MAX_MESSAGE_BYTES,
  parseRequest,
  type Request,
} from '../../../../../src/platform/db/builtin/wire.js'

function message(flags: number, sections: Buffer): Buffer {
  const header = Buffer.alloc(20)
  header.writeInt32LE(20 + sections.length, 0)
  header.writeInt32LE(7, 4)
  header.writeInt32LE(2013, 12)
  header.writeUInt32LE(flags, 16)
  return Buffer.concat([header, sections])
}

const body = (doc: object) => Buffer.concat([Buffer.of(0), serialize(doc)])

function sequence(name: string, ...documents: object[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((doc) => serialize(doc))])
  const size = Buffer.alloc(4)
  size.writeInt32LE(4 + content.length)
  return Buffer.concat([Buffer.of(1), size, content])
}

describe('the wire protocol', () => {
  it('is cut into messages wherever the network cuts it', () => {
    const messages = [
      message(0, body({ ping: 1 })),
      message(0, body({ find: 'x' })),
      message(0, body({ text: 'ü'.repeat(50) })),
    ]
    const stream = Buffer.concat(messages)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 12 }), (cuts) => {
        const framer = new Framer()
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length]
        const found = places.slice(1).flatMap((end, i) => framer.push(stream.subarray(places[i], end)))
        expect(found).toEqual(messages)
      }),
    )
  })

  it('reads a body and the documents beside it', () => {
    const request = parseRequest(
      message(0, Buffer.concat([body({ insert: 'x' }), sequence('documents', { a: 1 }, { a: 2 })])),
    )
    expect(request).toMatchObject({ id: 7, legacy: false, silent: false, body: { insert: 'x' } })
    expect(request.sequences.get('documents')?.map((raw) => Number(decode(raw).a))).toEqual([1, 2])
  })

  it('hears that no answer is wanted, and leaves a checksum out', () => {
    const request = parseRequest(message(3, Buffer.concat([body({ ping: 1 }), Buffer.alloc(4)])))
    expect(request.silent).toBe(true)
  })

  it.each([
    ['a length that is too small', Buffer.from([5, 0, 0, 0])],
    ['a length that is negative', Buffer.from([0, 0, 0, 255])],
    ['a length beyond the limit', lengthOf(MAX_MESSAGE_BYTES + 1)],
  ])('refuses %s', (_title, bytes) => {
    expect(() => new Framer().push(bytes)).toThrow(/message of/)
  })

  it.each([
    ['an operation it does not know', change(message(0, body({ a: 1 })), 12, 2006)],
    ['a section of a kind it does not know', message(0, Buffer.concat([Buffer.of(9), body({ a: 1 })]))],
    ['a section beyond the message', change(message(0, body({ a: 1 })), 21, 500)],
    ['a message without a body', message(0, sequence('documents', { a: 1 }))],
  ])('refuses %s', (_title, bytes) => {
    expect(() => parseRequest(bytes)).toThrow()
  })

  it('never does worse than refuse, whatever it is sent', () => {
    const valid = message(0, Buffer.concat([body({ insert: 'x' }), sequence('documents', { a: 1 })]))
    fc.assert(
      fc.property(fc.integer({ min: 16, max: valid.length - 1 }), fc.nat(255), (place, byte) => {
        const broken = Buffer.from(valid)
        broken[place] = byte
        try {
          parseRequest(broken)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
    )
  })

  it('answers with documents as they were stored', () => {
    const batch = [serialize({ a: 1 }), serialize({ b: 'x' })]
    const cursor = { id: 2 ** 40, ns: 'db.items', field: 'firstBatch', batch, atClusterTime: undefined } as const
    const time = new Timestamp({ t: 7, i: 3 })
    const reply = decode(encodeReply(new BatchReply(cursor), time))
    expect(JSON.parse(JSON.stringify(reply))).toMatchObject({
      cursor: { firstBatch: [{ a: 1 }, { b: 'x' }], ns: 'db.items' },
      ok: 1,
    })
    expect(time.equals(reply.operationTime as Timestamp)).toBe(true)
    expect(String((reply.cursor as { id: unknown }).id)).toBe(String(2 ** 40))
  })

  it('answers the old handshake in the old form', () => {
    const request: Request = { id: 3, legacy: true, body: {}, sequences: new Map(), silent: false }
    const frame = frameReply(request, serialize({ ok: 1 }))
    expect([frame.readInt32LE(0), frame.readInt32LE(8), frame.readInt32LE(12), frame.readInt32LE(32)]).toEqual([
      frame.length,
      3,
      1,
      1,
    ])
    expect(Number(decode(frame.subarray(36)).ok)).toBe(1)
  })
})

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(length)
  return bytes
}

function change(bytes: Buffer, place: number, value: number): Buffer {
  bytes.writeInt32LE(value, place)
  return bytes
}
