import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import { newLinkKey } from '../../../kernel/ids.js'
import { DAY_MS, RETENTION } from '../../../kernel/retention.js'

export interface KnownDevices {
  /** Id of the browser when this person has signed in on it before, in full; else null. */
  knownTo(req: Request, personId: string): string | null
  /** Notes in the browser that the person has signed in on it. */
  remember(req: Request, personId: string): void
}

export interface KnownDevicesOptions {
  /** Signs the cookie. */
  secret: string
  /** Whether the site is reached over https. */
  secure: boolean
}

/** A browser keeps no cookie for longer; each sign-in renews it. */
const KEPT_MS = RETENTION.deviceDays * DAY_MS
/** The ones who signed in last; a computer of an office serves some. */
const MOST_PEOPLE = 8

interface Device {
  id: string
  /** By keyed hash, so that whoever sits at the browser cannot read who uses it. */
  people: string[]
}

/**
 * Browsers that know somebody, by a signed cookie. It lets nobody in: wrong guesses on such a browser are only counted by
 * themselves, so that a stranger's cannot keep the right person out.
 */
export function knownDevices({ secret, secure }: KnownDevicesOptions): KnownDevices {
  const name = secure ? '__Host-device' : 'device'
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url')
  const markOf = (personId: string) => sign(`person ${personId}`).slice(0, 22)

  function read(req: Request): Device | null {
    const [body = '', signature = ''] = String(req.cookies?.[name] ?? '').split('.')
    const expected = Buffer.from(sign(`device ${body}`))
    const given = Buffer.from(signature)
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Device
  }

  return {
    knownTo: (req, personId) => {
      const device = read(req)
      return device?.people.includes(markOf(personId)) ? device.id : null
    },
    remember: (req, personId) => {
      const { id, people } = read(req) ?? { id: newLinkKey(), people: [] }
      const mark = markOf(personId)
      const device: Device = { id, people: [mark, ...people.filter((p) => p !== mark)].slice(0, MOST_PEOPLE) }
      const body = Buffer.from(JSON.stringify(device)).toString('base64url')
      const options = { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: KEPT_MS } as const
      req.res?.cookie(name, `${body}.${sign(`device ${body}`)}`, options)
    },
  }
}

/** Where a guess of somebody's comes from. */
export const placeOf = (
  req: Request,
  { personId }: { personId: string },
  devices: KnownDevices,
): { ip: string; device: string | null } => ({
  ip: req.ip ?? '',
  device: devices.knownTo(req, personId),
})
