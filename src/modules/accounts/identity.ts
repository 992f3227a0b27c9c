import type { Request, RequestHandler } from 'express'
import { Passport } from 'passport'
import type { Clock } from '../../kernel/clock.js'
import { type Actor, type Membership, VISITOR } from '../../kernel/permissions.js'
import { contextOf } from '../../platform/http/context.js'
import type { Viewer } from '../../platform/http/viewer.js'
import type { PeopleRepository } from '../people/index.js'
import type { AccountRow, SignInRow } from './accounts.model.js'
import type { AccountRepository } from './accounts.repository.js'
import type { SignInRepository } from './sign-ins.repository.js'
import { awaited, isAlive, wantsTouch, wantsUseNoted } from './sign-ins.rules.js'

declare global {
  namespace Express {
    // Passport's name for what the session leads to.
    interface User extends Viewer {}
  }
}

export interface IdentityDeps {
  accounts: AccountRepository
  signIns: SignInRepository
  people: PeopleRepository
  membershipsOf(personId: string): Promise<Membership[]>
  clock: Clock
}

export interface Identity {
  /** For pages, behind the session: says who asks, as `viewer` and `actor` of the request's context. */
  middleware: RequestHandler[]
  /** The one behind a sign-in; null when it has ended. */
  viewerOf(signInId: string): Promise<Viewer | null>
  /** Puts a sign-in into the browser's session, under a new session id; drafts and the like go along. */
  enter(req: Request, viewer: Viewer): Promise<void>
  /** Takes it out again, with all that the session holds. */
  leave(req: Request): Promise<void>
}

/** Who is on the other end of a request. The session holds the id of a sign-in and nothing about the person. */
export function createIdentity({ accounts, signIns, people, membershipsOf, clock }: IdentityDeps): Identity {
  const passport = new Passport()
  passport.serializeUser<string>((viewer, done) => done(null, viewer.signInId))
  passport.deserializeUser<string>((signInId, done) => {
    viewerOf(signInId).then((viewer) => done(null, viewer ?? false), done)
  })

  async function viewerOf(signInId: string): Promise<Viewer | null> {
    const signIn = await signIns.byId(signInId)
    if (!signIn || signIn.endedAt) return null
    const [account, person] = await Promise.all([accounts.byId(signIn.personId), people.byId(signIn.personId)])
    const now = clock()
    if (!account || !person?.email || !isAlive(signIn, account, now)) return null
    if (wantsTouch(signIn, now)) await signIns.touch(signIn._id)
    if (wantsUseNoted(account, now)) await accounts.noteUse(account._id)
    return {
      personId: person._id,
      signInId: signIn._id,
      name: person.name,
      email: person.email,
      lang: person.lang,
      actor: await actorOf(signIn, account),
      awaits: awaited(signIn, account),
    }
  }

  async function actorOf(signIn: SignInRow, account: AccountRow): Promise<Actor> {
    if (awaited(signIn, account)) return VISITOR
    const { _id: personId, staff } = account
    return { kind: 'person', personId, memberships: await membershipsOf(personId), staff }
  }

  const sayWho: RequestHandler = (req, res, next) => {
    const context = contextOf(res)
    context.viewer = req.user ?? null
    context.actor = req.user?.actor ?? VISITOR
    next()
  }

  return {
    middleware: [passport.initialize() as RequestHandler, passport.session() as RequestHandler, sayWho],
    viewerOf,
    enter: (req, viewer) =>
      new Promise((resolve, reject) => {
        // Passport gives the session a new id; what it held, a draft say, is carried over.
        req.logIn(viewer, { session: true, keepSessionInfo: true }, (error) => (error ? reject(error) : resolve()))
      }),
    leave: (req) =>
      new Promise((resolve, reject) => {
        req.logout({ keepSessionInfo: false }, (error) => (error ? reject(error) : resolve()))
      }),
  }
}
