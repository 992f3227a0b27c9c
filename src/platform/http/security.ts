import type { Express, RequestHandler } from 'express'
import helmet from 'helmet'
import { BadRequest } from './errors.js'

/** Settings of the application that bear on how requests are read. */
export function hardenApp(app: Express, { trustProxy }: { trustProxy: boolean }): void {
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.set('case sensitive routing', true)
  app.set('trust proxy', trustProxy ? 1 : false)
}

/** What a browser could do for a page and no page here asks for. Only names that browsers know: others fill their console. */
const PERMISSIONS_POLICY = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]
  .map((feature) => `${feature}=()`)
  .join(', ')

/**
 * Security headers. Nothing inline is allowed, neither script nor style; HSTS, and the order to fetch everything over
 * https, only where the site is reached so.
 */
export function securityHeaders({ secure }: { secure: boolean }): RequestHandler {
  const withHelmet = headersOf({ secure })
  return (req, res, next) => {
    res.set('Permissions-Policy', PERMISSIONS_POLICY)
    withHelmet(req, res, next)
  }
}

function headersOf({ secure }: { secure: boolean }) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(secure && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
}

/** Refuses addresses that do not decode to text or hold a null byte. */
export const readableAddress: RequestHandler = (req, _res, next) => {
  let path: string
  try {
    path = decodeURIComponent(req.path)
  } catch (cause) {
    throw new BadRequest('the path is not valid percent-encoded UTF-8', 'badRequest', cause)
  }
  if (path.includes('\0')) throw new BadRequest('the path holds a null byte')
  next()
}
