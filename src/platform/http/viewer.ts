import { SignInRequired } from '../../kernel/errors.js'
import type { Actor } from '../../kernel/permissions.js'
import type { RouteName } from '../../kernel/routes.js'
import type { Lang } from '../../kernel/text.js'

/** Somebody who has signed in on this browser. What he may do is his `actor`'s to say. */
export interface Viewer {
  personId: string
  /** Of this sign-in; ended, it lets nobody in. */
  signInId: string
  name: string | null
  email: string
  /** The language he is written to in. */
  lang: Lang
  /** A visitor while the second factor is still to come. */
  actor: Actor
  /** What stands between him and his rights: the second factor's code, or setting one up, which the park's staff must. */
  awaits: 'code' | 'second-factor' | null
}

/** Where what is awaited of a viewer is given. */
export const AWAITED_AT = {
  code: 'accounts.code',
  'second-factor': 'second-factor.show',
} as const satisfies Record<NonNullable<Viewer['awaits']>, RouteName>

export type Person = Extract<Actor, { kind: 'person' }>

/** The actor of a request whose route is for people who have signed in: the router has seen to it that he is one. */
export function personOf({ actor }: { actor: Actor }): Person {
  if (actor.kind !== 'person') throw new SignInRequired('a page for people')
  return actor
}
