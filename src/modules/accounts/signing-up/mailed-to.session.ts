import type { Request } from 'express'

declare module 'express-session' {
  interface SessionData {
    /** The address just typed, to be shown once: a slip of the finger is then seen. */
    mailedTo: string
  }
}

export function rememberMailedTo(req: Request, email: string): void {
  req.session.mailedTo = email
}

/** The address that a link was just mailed to; told once. */
export function takeMailedTo(req: Request): string | null {
  const { mailedTo } = req.session
  if (mailedTo === undefined) return null
  delete req.session.mailedTo
  return mailedTo
}
