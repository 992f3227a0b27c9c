import { hash, verify } from '@node-rs/argon2'
import { takingTurns } from '../../../platform/turns.js'

// The library's own name for it is a constant that a build of single files cannot read.
const ARGON2ID = 2

/** argon2id as OWASP's Password Storage Cheat Sheet asks at least: 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** What `PARAMETERS` look like in a hash of today. */
const TODAY = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`

/** How many may wait for their turn: some ten seconds' worth; a crowd of 200 at once still gets in. */
const LONGEST_QUEUE = 400

export interface Passwords {
  /** @throws {Unavailable} when too many are waiting already. */
  hash(password: string): Promise<string>
  /**
   * Whether `password` is the one that was hashed. Without a hash it takes the same time and is false, so that nobody
   * can tell by the clock whether an account exists.
   * @throws {Unavailable} when too many are waiting already.
   */
  verify(hash: string | null, password: string): Promise<boolean>
  /** Whether a hash was made with other parameters than today's. */
  isOutdated(hash: string): boolean
}

/** Hashes one password at a time: each takes a core for some 20 ms, and pages must stay quick meanwhile. */
export function createPasswords({ longestQueue = LONGEST_QUEUE } = {}): Passwords {
  const inTurn = takingTurns({ part: 'password check', atOnce: 1, most: longestQueue })
  let decoy: Promise<string> | undefined

  return {
    hash: (password) => inTurn(() => hash(prepared(password), PARAMETERS)),
    verify: async (stored, password) => {
      decoy ??= hash('no password of anybody', PARAMETERS)
      const against = stored ?? (await decoy)
      const fits = await inTurn(() => verify(against, prepared(password)))
      return stored !== null && fits
    },
    isOutdated: (stored) => !stored.startsWith(TODAY),
  }
}

/** The same letters may be typed in two ways, é as one character or as two; a password must not depend on the keyboard. */
const prepared = (password: string) => password.normalize('NFC')
