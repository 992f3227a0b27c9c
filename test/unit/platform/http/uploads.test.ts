import express from 'express'
import sharp from 'sharp'
import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { sentPicture } from '../../../../src/platform/files/sent-picture.js'
import { toProductError } from '../../../../src/platform/http/to-product-error.js'
import { formWithFile, LARGEST_FILE } from '../../../../src/platform/http/uploads.js'
import { tinyApp } from './tiny-app.js'

const png = await sharp({ create: { width: 20, height: 10, channels: 3, background: '#2a6b4f' } })
  .png()
  .toBuffer()

/** Says what came: the fields, and what became of the file. */
const app = express()
app.post('/', formWithFile(), async (req, res) => {
  const sent = await sentPicture(req, 'evidence')
  res.json({ fields: req.body, sent: sent?.ok ? [sent.picture.width, sent.picture.height] : (sent?.error ?? null) })
})
app.use(((error, _req, res, _next) => {
  res.status(toProductError(error)?.status ?? 500).json({ code: toProductError(error)?.code })
}) as express.ErrorRequestHandler)

const post = () => request(app).post('/')

describe('a form with a file', () => {
  test('brings its fields and the picture', async () => {
    const { body } = await post().field('note', 'Giấy phép').field('_csrf', 'token').attach('evidence', png, 'a.png')
    expect(body).toEqual({ fields: { note: 'Giấy phép', _csrf: 'token' }, sent: [20, 10] })
  })

  test('may come without one', async () => {
    expect((await post().field('note', 'x')).body).toEqual({ fields: { note: 'x' }, sent: null })
    const empty = await post().field('note', 'x').attach('evidence', Buffer.alloc(0), { filename: '' })
    expect(empty.body).toEqual({ fields: { note: 'x' }, sent: null })
  })

  test.each(['a.exe', '../../../etc/passwd', 'a.svg', '<img src=x onerror=alert(1)>.png'])(
    'is told by its content, not by its name %j or the type it claims',
    async (filename) => {
      const { body } = await post().attach('evidence', png, { filename, contentType: 'text/html' })
      expect(body.sent).toEqual([20, 10])
      const lying = await post().attach('evidence', Buffer.from('MZ…'), { filename: 'a.png', contentType: 'image/png' })
      expect(lying.body.sent).toEqual({ field: 'evidence', code: 'notAPicture' })
    },
  )

  test('keeps what was typed behind a file that is too large', async () => {
    const file = Buffer.concat([png, Buffer.alloc(LARGEST_FILE)])
    const { status, body } = await post().attach('evidence', file, 'a.png').field('note', 'x')
    expect(status).toBe(200)
    expect(body.fields).toEqual({ note: 'x' })
    expect(body.sent).toMatchObject({ field: 'evidence', code: 'fileTooLarge', params: { megabytes: 8 } })
  })

  test('is refused unread when it is larger than any photo', async () => {
    const { status, body } = await post().attach('evidence', Buffer.alloc(25 * 1024 * 1024), 'a.png')
    expect([status, body.code]).toEqual([413, 'payloadTooLarge'])
  })

  test('makes no objects of field names', async () => {
    const { body } = await post()
      .field('a[b]', 'x')
      .field('__proto__[polluted]', 'x')
      .field('constructor[prototype][polluted]', 'x')
      .field('list', 'one')
      .field('list', 'two')
    expect(body.fields).toEqual({ list: ['one', 'two'] })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('brings one file, not several', async () => {
    const { status, body } = await post().attach('evidence', png, 'a.png').attach('evidence', png, 'b.png')
    expect([status, body.code]).toEqual([400, 'badRequest'])
  })

  test('has a bounded number of fields', async () => {
    const form = post()
    for (let i = 0; i < 300; i++) form.field(`f${i}`, 'x')
    const { status, body } = await form
    expect([status, body.code]).toEqual([413, 'payloadTooLarge'])
  })

  test.each([
    ['without a boundary', 'multipart/form-data', 'x'],
    ['that breaks off', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'],
    ['with a head that is none', 'multipart/form-data; boundary=b', '--b\r\nnonsense\r\n\r\nx\r\n--b--\r\n'],
  ])('%s is refused as unreadable or brings nothing', async (_, type, text) => {
    const { status, body } = await post().set('Content-Type', type).send(text)
    expect(status === 200 ? body : body.code).toEqual(status === 200 ? { fields: {}, sent: null } : 'badRequest')
  })
})

test('a page that asks for no file refuses one unread', async () => {
  const { app } = tinyApp()
  const { status, text } = await request(app).post('/sign-in').attach('evidence', png, 'a.png')
  expect(status).toBe(415)
  expect(text).toContain('không nhận tệp')
})
