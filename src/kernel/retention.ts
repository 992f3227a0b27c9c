/**
 * How long personal data is kept. The jobs and indexes that delete it and the privacy page that promises it read the same
 * figures, so that neither can be changed without the other.
 */
export const RETENTION = {
  /** A need without an organisation, with its owner's name and address, after it has ended. */
  needMonths: 12,
  /** Such a need that names no day ends after this time without a change. */
  needUntouchedMonths: 12,
  /** An account that nobody has signed in to: erased after this, told of it this many days before. */
  accountUnusedMonths: 24,
  accountWarningDays: 30,
  /** A sign-in after its last use. */
  signInDays: 90,
  /** A mail after it was sent or given up. */
  mailDays: 30,
  /** A draft in the browser's session. */
  draftDays: 14,
  /** The cookie by which a browser is known again; browsers keep none for longer. */
  deviceDays: 400,
  /** An invitation that nobody takes. */
  invitationDays: 7,
  /** What was handed in to prove that a firm is one's own, after it was decided on: time to disagree. */
  evidenceDays: 30,
  /** A request in the register after it was closed; the proof that it was answered in time. */
  requestMonths: 36,
  /** The rows of an imported file, after it was uploaded. */
  importDays: 30,
  /** What a visitor reported as wrong, with the address he left, after it was decided on. */
  reportDays: 90,
  /** What somebody asked to be told of: how long he is, and until when he confirms it where he has no account. */
  alertMonths: 12,
  alertConfirmDays: 2,
  /** What somebody was told of, after he has ended it. */
  alertEndedDays: 30,
  /** Words that were searched for, without anything of whoever typed them. */
  searchTermDays: 60,
} as const

export const DAY_MS = 24 * 60 * 60_000

/** Of an index that lets rows end. */
export const secondsOf = (days: number): number => days * 24 * 60 * 60

export const daysBefore = (instant: Date, days: number): Date => new Date(instant.getTime() - days * DAY_MS)

export function monthsBefore(instant: Date, months: number): Date {
  const date = new Date(instant)
  date.setUTCMonth(date.getUTCMonth() - months)
  return date
}

export const monthsAfter = (instant: Date, months: number): Date => monthsBefore(instant, -months)

/** The law's two clocks for a request about personal data (Law 91/2025/QH15, Decree 356/2025/NĐ-CP). */
export const ANSWER_DAYS = {
  /** Working days until it is acknowledged. */
  acknowledgeWorking: 2,
  /** Days until it is done. */
  done: 15,
} as const
