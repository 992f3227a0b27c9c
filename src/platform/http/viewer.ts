import type { Actor } from '../../kernel/permissions.js'
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
