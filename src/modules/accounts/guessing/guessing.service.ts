import { createHmac } from 'node:crypto'
import type { Clock } from '../../../kernel/clock.js'
import type { Attempts } from '../../../platform/attempts/attempts.repository.js'
import { clientKey } from '../../../platform/http/client-key.js'
import { GUESS_LIMITS, type GuessKind, type GuessLimits, windowsOf } from './guessing.rules.js'

export interface GuessingDeps {
  attempts: Attempts
  clock: Clock
  /** Hides in the database whose guesses are counted. */
  secret: string
}

export interface Guess {
  /** What is guessed at: an address, whether or not it has an account, or a person's id. */
  subject: string
  /** The client's network address. */
  ip: string
  /** The device, when it knows the subject. */
  device: string | null
}

export type GuessResult =
  /** `nth` counts within the window, from 1. */
  | {
      ok: true
      nth: number
      wasRight(): Promise<void>
      /** It could not be looked at after all. */
      takeBack(): Promise<void>
    }
  /** Not to be looked at; `first` of those refused in this window, after so many `failures`. */
  | { ok: false; retryAfter: number; first: boolean; failures: number }

export interface Guessing {
  /**
   * Counts a guess before it is looked at, so that of many at once none is overlooked. One that was right is taken back by
   * `wasRight`. `retryAfter` is in seconds, at least 1.
   */
  begin(kind: GuessKind, guess: Guess): Promise<GuessResult>
}

export function guessing({ attempts, clock, secret }: GuessingDeps): Guessing {
  const hidden = (...parts: string[]) => createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url')

  return {
    begin: async (kind, { subject, ip, device }) => {
      const client = clientKey(ip)
      const keys: Record<keyof GuessLimits, string> = {
        here: hidden(kind, 'here', subject, client),
        device: hidden(kind, 'device', subject, device ?? ''),
        subject: hidden(kind, 'subject', subject),
        client: hidden(kind, 'client', client),
      }
      const limits: GuessLimits = GUESS_LIMITS[kind]
      const counted: (keyof GuessLimits)[] = []
      let nth = 0
      for (const name of windowsOf(kind, { known: device !== null })) {
        const window = limits[name]
        if (!window) continue
        const { count, until } = await attempts.add(keys[name], window.seconds)
        if (count > window.points) {
          const retryAfter = Math.max(1, Math.ceil((until.getTime() - clock().getTime()) / 1000))
          return { ok: false, retryAfter, first: count === window.points + 1, failures: window.points }
        }
        counted.push(name)
        if (name !== 'client') nth = count
      }
      return {
        ok: true,
        nth,
        takeBack: async () => {
          for (const name of counted) await attempts.takeBack(keys[name])
        },
        wasRight: async () => {
          for (const name of counted) {
            // Others' guesses from elsewhere stay counted.
            if (name === 'here' || name === 'device') await attempts.clear(keys[name])
            else await attempts.takeBack(keys[name])
          }
        },
      }
    },
  }
}
