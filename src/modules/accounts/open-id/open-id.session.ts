import type { Request } from 'express'
import type { Lang } from '../../../kernel/text.js'
import type { OpenIdChecks } from './open-id.client.js'

/** A question to the sign-in service that is still to be answered. */
export interface OpenQuestion {
  checks: OpenIdChecks
  /** Where to go afterwards, and the language that was read. */
  next: string | null
  lang: Lang
}

/** Somebody the service knows and the product does not yet: he has still to agree to an account. */
export interface Newcomer {
  subject: string
  email: string
  name: string | null
  next: string | null
}

interface Dated<T> {
  what: T
  at: number
}

declare module 'express-session' {
  interface SessionData {
    openIdQuestion: Dated<OpenQuestion>
    openIdNewcomer: Dated<Newcomer>
  }
}

/** Time to sign in over there, and to read and agree here, in ms. */
const OPEN_MS = 15 * 60_000

const ifFresh = <T>(dated: Dated<T> | undefined, now: Date): T | null =>
  dated && now.getTime() - dated.at < OPEN_MS ? dated.what : null

export function keepQuestion(req: Request, question: OpenQuestion, now: Date): void {
  req.session.openIdQuestion = { what: question, at: now.getTime() }
}

/** The language in which the open question was asked; null when there is none. */
export const questionLang = (req: Request): Lang | null => req.session.openIdQuestion?.what.lang ?? null

/** The question that was asked from this browser. It can be answered once, whatever the answer is. */
export function takeQuestion(req: Request, now: Date): OpenQuestion | null {
  const question = ifFresh(req.session.openIdQuestion, now)
  delete req.session.openIdQuestion
  return question
}

export function keepNewcomer(req: Request, newcomer: Newcomer, now: Date): void {
  req.session.openIdNewcomer = { what: newcomer, at: now.getTime() }
}

export const newcomerOf = (req: Request, now: Date): Newcomer | null => ifFresh(req.session.openIdNewcomer, now)

export function forgetNewcomer(req: Request): void {
  delete req.session.openIdNewcomer
}
