import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../../src/platform/http/context.js'
import { render } from '../../../../src/platform/http/render.js'
import type { Handlers } from '../../../../src/platform/http/router.js'
import { tinyApp } from './tiny-app.js'

describe('security headers', () => {
  test('allow nothing inline and no other origin', async () => {
    const { headers } = await request(tinyApp().app).get('/')
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';font-src 'self';connect-src 'self';" +
        "form-action 'self';base-uri 'none';frame-ancestors 'none'",
    )
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('bind to https only where the site is reached over it', async () => {
    const plain = await request(tinyApp().app).get('/')
    expect(plain.headers['strict-transport-security']).toBeUndefined()
    const secure = await request(tinyApp({ publicUrl: 'https://park.example' }).app).get('/')
    expect(secure.headers['strict-transport-security']).toMatch(/^max-age=\d+/)
  })

  test('forwarded headers count only when the proxy is trusted', async () => {
    const ip: Partial<Handlers> = { about: (req, res) => res.send(req.ip) }
    const ask = (trustProxy: boolean) =>
      request(tinyApp({ trustProxy, handlers: ip }).app)
        .get('/about')
        .set('X-Forwarded-For', '192.0.2.9')
    expect((await ask(true)).text).toBe('192.0.2.9')
    expect((await ask(false)).text).not.toBe('192.0.2.9')
  })
})

describe('sessions', () => {
  const remembering: Partial<Handlers> = {
    about: (req, res) => {
      Object.assign(req.session, { seen: true })
      res.send('')
    },
  }

  test('are written only when something is put into them', async () => {
    const { app } = tinyApp({ handlers: remembering })
    expect((await request(app).get('/privacy')).headers['set-cookie']).toBeUndefined()
    expect(String((await request(app).get('/about')).headers['set-cookie'])).toMatch(
      /^sid=.*; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/,
    )
  })

  test('are unknown to the API', async () => {
    const { app } = tinyApp({
      handlers: { 'api.needs': (req, res) => res.json({ session: 'session' in req, cookies: 'cookies' in req }) },
    })
    const answer = await request(app).get('/api/v1/needs').set('Cookie', 'sid=x')
    expect(answer.body).toEqual({ session: false, cookies: false })
  })
})

describe('the log of requests', () => {
  test('has one line an answer, without the words of the query', async () => {
    const { app, log } = tinyApp()
    await request(app).get('/match?text=chuyen%20rieng')
    expect(log).toEqual([
      expect.objectContaining({
        requestId: 'request-1',
        method: 'GET',
        path: '/match',
        status: 200,
        ms: expect.any(Number),
      }),
    ])
    expect(JSON.stringify(log)).not.toContain('rieng')
  })

  test('does not keep a mailed link', async () => {
    const { app, log } = tinyApp()
    await request(app).get('/en/my-need/s3cret')
    expect(log).toEqual([expect.objectContaining({ path: '/my-need/:key' })])
  })
})

describe('the layout', () => {
  const showing = (model: object, query = '') =>
    request(
      tinyApp({
        handlers: { 'needs.list': (_req, res) => render(res, 'errors/error', { ...MODEL, ...model }) },
      }).app,
    ).get(`/en/needs${query}`)
  const MODEL = { title: 'Needs', text: '', reference: null, problems: [] as string[] }

  test('names the page, its one address and both languages', async () => {
    const { text } = await showing({ description: 'a "good" page' }, '?q=a&page=2')
    expect(text).toContain('<title>Needs · Cầu Nối Số</title>')
    expect(text).toContain('<meta name="description" content="a &quot;good&quot; page">')
    expect(text).toContain('<link rel="canonical" href="http://park.example/en/needs">')
    expect(text).toContain('<link rel="alternate" hreflang="vi" href="http://park.example/needs">')
    expect(text).toContain('<link rel="alternate" hreflang="en" href="http://park.example/en/needs">')
  })

  test('switches the language and keeps the page with its query', async () => {
    const { text } = await showing({}, '?q=%22a%22&page=2')
    expect(text).toContain('href="/needs?q&#x3D;%22a%22&amp;page&#x3D;2" lang="vi"')
  })

  test('marks the section one is in', async () => {
    const { text } = await showing({})
    expect(text.match(/aria-current="page"/g)).toHaveLength(1)
    expect(text).toContain('<a href="/en/needs" aria-current="page">Needs</a>')
  })

  test('keeps a page out of search engines when asked to', async () => {
    const { text } = await showing({ noindex: true })
    expect(text).toContain('<meta name="robots" content="noindex">')
    expect(text).not.toContain('rel="canonical"')
  })

  test('structured data cannot leave its element', async () => {
    const { text } = await showing({ structuredData: { name: '</script><script>alert(1)</script>' } })
    expect(text).toContain('{"name":"\\u003c/script>\\u003cscript>alert(1)\\u003c/script>"}')
  })

  test('holds no inline script and no inline style', async () => {
    const { text } = await showing({})
    expect(text).not.toMatch(/\sstyle=|<style|\son\w+=|<script(?![^>]*(\ssrc=|application\/ld\+json))/i)
  })

  test('is left out when htmx asks for a part', async () => {
    const { app } = tinyApp({
      handlers: {
        'needs.list': (_req, res) => render(res, 'errors/error', { ...MODEL, facts: ['a'] }, { fragment: 'facts' }),
      },
    })
    const part = await request(app).get('/needs').set('HX-Request', 'true')
    expect(part.text.trim()).toBe('<p class="facts"><span class="fact">a</span></p>')
    expect(part.headers.vary).toContain('HX-Request')
    const restored = await request(app)
      .get('/needs')
      .set({ 'HX-Request': 'true', 'HX-History-Restore-Request': 'true' })
    expect(restored.text).toContain('<html')
  })
})

describe('the context', () => {
  test('makes addresses in the language of the page, absolute ones from the public address alone', async () => {
    const { app } = tinyApp({
      handlers: {
        about: (_req, res) => {
          const { url, absoluteUrl } = bound(contextOf(res))
          res.json([
            url('providers.show', { slug: 'a b' }),
            absoluteUrl('match', {}, { text: 'x' }),
            absoluteUrl('home', {}, {}, 'vi'),
          ])
        },
      },
    })
    const { body } = await request(app).get('/en/about').set('Host', 'evil.example')
    expect(body).toEqual(['/en/providers/a%20b', 'http://park.example/en/match?text=x', 'http://park.example/'])
  })
})

function bound(context: ReturnType<typeof contextOf>) {
  return { url: context.url.bind(context), absoluteUrl: context.absoluteUrl.bind(context) }
}
