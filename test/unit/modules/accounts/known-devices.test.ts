import type { Request } from 'express'
import { expect, test } from 'vitest'
import { knownDevices } from '../../../../src/modules/accounts/guessing/known-devices.js'

const devices = knownDevices({ secret: 'a'.repeat(64), secure: false })

/** A browser that keeps the cookie it is given. */
function browser() {
  const req = {
    cookies: {} as Record<string, string>,
    res: {
      cookie: (name: string, value: string) => {
        req.cookies[name] = value
      },
    },
  }
  return req as unknown as Request & { cookies: Record<string, string> }
}

test('a browser knows those who have signed in on it, up to the last eight, under one id', () => {
  const req = browser()
  for (let i = 0; i < 10; i++) devices.remember(req, `person-${i}`)
  const ids = Array.from({ length: 10 }, (_, i) => devices.knownTo(req, `person-${i}`))
  expect(ids.slice(0, 2)).toEqual([null, null])
  expect(new Set(ids.slice(2)).size).toBe(1)
  expect(ids[9]).toMatch(/^[0-9a-z]{32}$/)
})

test('the cookie names nobody, and counts for nothing once it is changed or signed by another product', () => {
  const req = browser()
  devices.remember(req, 'person-1')
  const cookie = req.cookies.device ?? ''
  const [body = '', signature = ''] = cookie.split('.')
  expect(Buffer.from(body, 'base64url').toString()).not.toContain('person-1')
  const others = Buffer.from('{"id":"x","people":[]}').toString('base64url')
  for (const changed of ['', 'x', body, `${others}.${signature}`, `${body}.${signature.slice(1)}`]) {
    req.cookies.device = changed
    expect(devices.knownTo(req, 'person-1')).toBeNull()
  }
  req.cookies.device = cookie
  expect(knownDevices({ secret: 'b'.repeat(64), secure: false }).knownTo(req, 'person-1')).toBeNull()
})
