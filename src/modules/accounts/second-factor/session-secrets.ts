import type { Request } from 'express'
import type { Sealer } from '../../../platform/sealing.js'

declare module 'express-session' {
  interface SessionData {
    /** The shared secret that is being set up, sealed. */
    proposedFactor: string
    /** New recovery codes until their owner says that he has kept them, sealed, and when they were made. */
    recoveryCodes: { sealed: string; at: number }
  }
}

/** How long new codes can be looked at again, in ms: long enough to find a printer. */
const SHOWN_MS = 15 * 60_000

/** Keeps new codes for the pages that show them. */
export function keepCodes(req: Request, sealer: Sealer, personId: string, codes: readonly string[], now: Date): void {
  req.session.recoveryCodes = { sealed: sealer.seal(codes.join('\n'), aboutCodes(personId)), at: now.getTime() }
}

/** New codes of this very person; null when there are none, or they were made too long ago. */
export function codesKept(req: Request, sealer: Sealer, personId: string, now: Date): string[] | null {
  const kept = req.session.recoveryCodes
  if (!kept || now.getTime() - kept.at > SHOWN_MS) return null
  try {
    return sealer.open(kept.sealed, aboutCodes(personId)).split('\n')
  } catch {
    // Somebody else has signed in on this browser since.
    return null
  }
}

export function forgetCodes(req: Request): void {
  delete req.session.recoveryCodes
}

const aboutCodes = (personId: string) => `recovery codes of ${personId}`
