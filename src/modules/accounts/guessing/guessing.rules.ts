/**
 * How many wrong guesses are taken before one has to wait. Counted by what is guessed at together with the client's address,
 * and by what is guessed at alone; on a device that its owner has signed in on before by that device alone, so that nobody
 * else can lock him out there. One address stands for many people on mobile networks: alone it is limited only generously.
 */

export interface Window {
  /** Guesses within the window. */
  points: number
  seconds: number
}

export interface GuessLimits {
  /** Of one subject, from one address. */
  here: Window
  /** Of one subject, on a device that knows it. */
  device: Window
  /** Of one subject, from everywhere but such devices. More than one address could use up. */
  subject?: Window
  /** From one address, whatever is guessed at. */
  client: Window
}

const MINUTE = 60
const HOUR = 60 * MINUTE

export const GUESS_LIMITS = {
  'sign-in': {
    here: { points: 10, seconds: 15 * MINUTE },
    device: { points: 20, seconds: HOUR },
    subject: { points: 60, seconds: HOUR },
    client: { points: 300, seconds: 15 * MINUTE },
  },
  /** Whoever gets here knows the password; of a million codes three fit at any time. */
  code: {
    here: { points: 5, seconds: 15 * MINUTE },
    device: { points: 10, seconds: 15 * MINUTE },
    subject: { points: 15, seconds: HOUR },
    client: { points: 300, seconds: 15 * MINUTE },
  },
  /** The password asked again of somebody who has signed in; the subject is his sign-in. */
  himself: {
    here: { points: 10, seconds: 15 * MINUTE },
    device: { points: 10, seconds: 15 * MINUTE },
    client: { points: 300, seconds: 15 * MINUTE },
  },
  /**
   * Mails asked for; counted whether or not there is such an account. What one address gets a day the outbox limits, and
   * silently; this is for whoever goes on asking.
   */
  mail: {
    here: { points: 20, seconds: HOUR },
    device: { points: 20, seconds: HOUR },
    client: { points: 60, seconds: HOUR },
  },
  /** Mailed links that lead nowhere. */
  key: {
    here: { points: 30, seconds: 15 * MINUTE },
    device: { points: 30, seconds: 15 * MINUTE },
    client: { points: 60, seconds: 15 * MINUTE },
  },
} as const satisfies Record<string, GuessLimits>

export type GuessKind = keyof typeof GUESS_LIMITS

/** The windows that a guess counts in, the narrowest first: one that is refused there uses up nothing of the wider ones. */
export function windowsOf(kind: GuessKind, at: { known: boolean }): (keyof GuessLimits)[] {
  if (at.known) return ['device']
  const limits: GuessLimits = GUESS_LIMITS[kind]
  return limits.subject ? ['here', 'subject', 'client'] : ['here', 'client']
}

/** Which of many failures are worth an entry in the audit log: the first, the tenth, the hundredth. */
export const isWorthNoting = (nth: number): boolean => /^10*$/.test(String(nth))
