import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { createAssets } from '../../../../src/platform/http/assets.js'
import { tinyApp } from './tiny-app.js'

const { app, assets } = tinyApp()

describe('assets', () => {
  test.each([
    ['css/site.css', 'text/css; charset=utf-8'],
    ['js/site.js', 'text/javascript; charset=utf-8'],
    ['vendor/htmx.min.js', 'text/javascript; charset=utf-8'],
    ['img/icon.svg', 'image/svg+xml'],
    ['fonts/be-vietnam-pro-vietnamese-400.woff2', 'font/woff2'],
  ])('%s is served under its hash, for good', async (name, type) => {
    const answer = await request(app).get(assets.address(name))
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type])
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test('the style sheet leads to fonts that exist', async () => {
    const { text } = await request(app).get(assets.address('css/site.css'))
    const addresses = Array.from(text.matchAll(/url\("([^"]+)"\)/g), (m) => m[1] ?? '')
    expect(addresses).toHaveLength(12)
    for (const address of addresses) expect((await request(app).get(address)).status).toBe(200)
  })

  test('a wrong hash is not found', async () => {
    expect((await request(app).get('/assets/000000000000/css/site.css')).status).toBe(404)
  })

  test.each(['../package.json', '..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', 'css/../../package.json', ''])(
    'no path leads out of the assets: %s',
    async (path) => {
      const hash = assets.address('css/site.css').split('/')[2]
      const answer = await request(app).get(`/assets/${hash}/${path}`)
      expect(answer.status).toBe(404)
    },
  )

  test('another content has another address', () => {
    const of = (body: string) => createAssets([{ name: 'a.js', body: Buffer.from(body) }]).address('a.js')
    expect(of('1')).not.toBe(of('2'))
    expect(of('1')).toBe(of('1'))
  })

  test('a name that does not exist and a file of no known type stop the start', () => {
    expect(() => assets.address('css/none.css')).toThrow(/no asset "css\/none.css"/)
    expect(() => createAssets([{ name: 'a.exe', body: Buffer.from('') }])).toThrow(/no known type/)
  })
})
