import request from 'supertest'
import { describe, expect, test, vi } from 'vitest'
import { contextOf } from '../../../../src/platform/http/context.js'
import { tinyApp } from './tiny-app.js'

const withForm = () => {
  const posted = vi.fn((_req, res) => res.send('posted'))
  const { app } = tinyApp({
    handlers: {
      'needs.new': (_req, res) => res.send(contextOf(res).csrfToken()),
      'needs.start': posted,
    },
  })
  return { app, posted }
}

const SAME_SITE = { 'Sec-Fetch-Site': 'same-origin' }

describe("the form's token", () => {
  test('a visitor who only reads gets no cookie', async () => {
    const answer = await request(withForm().app).get('/providers')
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test('a form that sends back its token is accepted', async () => {
    const { app, posted } = withForm()
    const agent = request.agent(app)
    const { text: token } = await agent.get('/needs/new')
    const answer = await agent.post('/needs/new').type('form').send({ _csrf: token, problem: 'x' })
    expect([answer.status, answer.text]).toEqual([200, 'posted'])
    expect(posted).toHaveBeenCalledTimes(1)
  })

  test.each([
    ['no token', undefined],
    ['a wrong token', 'abc.def'],
    ['a repeated token', ['a', 'b']],
  ])('a form with %s changes nothing', async (_name, token) => {
    const { app, posted } = withForm()
    const agent = request.agent(app)
    await agent.get('/needs/new')
    const answer = await agent.post('/needs/new').type('form').send({ _csrf: token, problem: 'x' })
    expect(answer.status).toBe(403)
    expect(posted).not.toHaveBeenCalled()
  })

  test('a form sent too late shows again what was typed, escaped, with a token that works', async () => {
    const { app } = withForm()
    const agent = request.agent(app)
    const late = await agent
      .post('/needs/new')
      .set(SAME_SITE)
      .type('form')
      .send({ _csrf: 'old', problem: '<b>tem "truy xuất"</b>' })
    expect(late.status).toBe(403)
    expect(late.text).toContain('name="problem" value="&lt;b&gt;tem &quot;truy xuất&quot;&lt;/b&gt;"')
    const token = /name="_csrf" value="([^"]+)"/.exec(late.text)?.[1]
    const again = await agent.post('/needs/new').type('form').send({ _csrf: token, problem: 'x' })
    expect(again.text).toBe('posted')
  })

  test('a form sent from another site is not offered again', async () => {
    const late = await request(withForm().app)
      .post('/needs/new')
      .set('Sec-Fetch-Site', 'cross-site')
      .type('form')
      .send({ problem: 'theirs' })
    expect(late.status).toBe(403)
    expect(late.text).not.toContain('theirs')
  })

  test('a cookie that is no text is replaced, not stumbled over', async () => {
    const answer = await request(withForm().app).get('/needs/new').set('Cookie', 'csrf=j:{"a":1}')
    expect(answer.status).toBe(200)
    expect(String(answer.headers['set-cookie'])).toMatch(/^csrf=/)
  })

  test('over https the cookie is bound to the host', async () => {
    const { app } = tinyApp({
      publicUrl: 'https://park.example',
      handlers: { 'needs.new': (_req, res) => res.send(contextOf(res).csrfToken()) },
    })
    const answer = await request(app).get('/needs/new')
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-csrf=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })
})
