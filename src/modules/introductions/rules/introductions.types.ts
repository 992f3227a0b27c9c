import type { PlainDate } from '../../../kernel/clock.js'

/** `request`: the need's side asks a firm; `offer`: a firm offers itself. */
export type IntroductionKind = 'request' | 'offer'

export type Side = 'need' | 'firm'

/** `open`: waits for the answer of the other side. `lapsed`: ended without one. */
export type IntroductionState = 'open' | 'accepted' | 'declined' | 'withdrawn' | 'lapsed'

/** Why a firm says no to a request, and a need's owner to an offer. */
export const DECLINE_REASONS = {
  firm: ['busy', 'other-work', 'budget', 'too-far', 'too-soon', 'other'],
  need: ['found', 'other-work', 'price', 'later', 'other'],
} as const satisfies Record<Side, readonly string[]>
export type DeclineReason = (typeof DECLINE_REASONS)[Side][number]

/** What came of it, told by each side for itself. */
export const OUTCOMES = ['under-way', 'agreed', 'nothing'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Why an introduction ended: `left` when a side took back its consent, which closes the contacts of an accepted one too. */
export type LapseReason = 'need-ended' | 'no-answer' | 'left'

/** What of an introduction its rules look at and change. */
export interface Course {
  kind: IntroductionKind
  state: IntroductionState
  /** The last day for an answer before curators are called in; a new one after each reminder. */
  dueOn: PlainDate
  /** Since when curators have it; null while they do not. */
  withCuratorsAt: Date | null
  remindedAt: Date | null
  /** When it was accepted, declined, withdrawn or lapsed. */
  settledAt: Date | null
  declined: { reason: DeclineReason; words: string | null } | null
  lapsed: LapseReason | null
  /** When both were asked what came of it. */
  outcomeAskedAt: Date | null
  outcomes: Record<Side, { outcome: Outcome; words: string | null; at: Date } | null>
}

export type Act =
  | { type: 'accept'; side: Side }
  | { type: 'decline'; side: Side; reason: DeclineReason; words: string | null }
  | { type: 'withdraw'; side: Side }
  /** The days for an answer are over. */
  | { type: 'hand-over' }
  /** Curators write to the side that has not answered, and give it as many days again; `note` is for themselves. */
  | { type: 'remind'; note?: string }
  /** Curators end what will not be answered. */
  | { type: 'close'; note?: string }
  | { type: 'end-need' }
  | { type: 'leave'; side: Side }
  | { type: 'ask-outcome' }
  | { type: 'tell-outcome'; side: Side; outcome: Outcome; words: string | null }

/** What has to be done beside storing the new state, in the same transaction. */
export type Effect =
  | {
      type: 'tell'
      side: Side
      what: 'asked' | 'reminder' | 'accepted' | 'declined' | 'withdrawn' | 'lapsed' | 'outcome'
    }
  | { type: 'call-curators' }
  | { type: 'release-curators' }

/** `too-late`: answered or ended already, otherwise than this act would. `too-early`: not yet, or not handed over. */
export type Refusal = 'not-yours' | 'too-late' | 'too-early'

export type Transition = { ok: true; next: Course; effects: readonly Effect[] } | { ok: false; reason: Refusal }
