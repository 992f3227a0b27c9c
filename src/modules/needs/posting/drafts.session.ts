import type { Request } from 'express'
import { type Drafts, noDrafts } from './drafts.rules.js'

declare module 'express-session' {
  interface SessionData {
    drafts: Drafts
  }
}

/** The drafts of this visitor; reading them starts no session. */
export const draftsOf = (req: Request): Drafts => req.session.drafts ?? noDrafts()

export function keepDrafts(req: Request, drafts: Drafts): void {
  req.session.drafts = drafts
}
