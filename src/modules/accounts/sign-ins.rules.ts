import type { AccountRow, SignInRow } from './accounts.model.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long a sign-in lasts: since it was last used, and at all. Who can do more has to come back sooner. */
const LIMITS = {
  member: { idleMs: 14 * DAY_MS, absoluteMs: 90 * DAY_MS },
  staff: { idleMs: 8 * HOUR_MS, absoluteMs: 3 * DAY_MS },
} as const

/** Time between two notes that a sign-in is in use. */
const TOUCH_MS = 10 * MINUTE_MS

/** Whether a sign-in still lets its person in. */
export function isAlive(signIn: SignInRow, account: AccountRow, now: Date): boolean {
  if (signIn.endedAt || account.suspendedAt) return false
  const { idleMs, absoluteMs } = account.staff ? LIMITS.staff : LIMITS.member
  const at = now.getTime()
  return at - signIn.lastSeenAt.getTime() < idleMs && at - signIn.createdAt.getTime() < absoluteMs
}

export const wantsTouch = ({ lastSeenAt }: SignInRow, now: Date): boolean =>
  now.getTime() - lastSeenAt.getTime() >= TOUCH_MS

/** Whether the account's last use is due to be noted: once a day, and when he was warned that it will be erased. */
export const wantsUseNoted = ({ usedAt, warnedAt }: AccountRow, now: Date): boolean =>
  warnedAt !== null || !usedAt || now.getTime() - usedAt.getTime() >= DAY_MS

/** What stands between somebody signed in and his rights. The park's staff must have a second factor, others may. */
export function awaited(
  { secondFactorAt }: SignInRow,
  { secondFactor, staff }: AccountRow,
): 'code' | 'second-factor' | null {
  if (secondFactor) return secondFactorAt ? null : 'code'
  return staff ? 'second-factor' : null
}
