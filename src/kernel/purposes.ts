import type { PlainDate } from './clock.js'
import { RETENTION } from './retention.js'

/**
 * What personal data is used for. The privacy page, the texts that people agree to and the consents that are stored are
 * made from this list; its words stand in the `privacy` catalogue under `privacy.purposes.<id>`.
 */
export interface Purpose {
  /** What makes it lawful: a consent, what somebody has asked for himself, or a duty the law lays on the park. */
  basis: 'consent' | 'agreement' | 'law'
  /**
   * The days on which its texts were given their present and former forms, the newest last. A text that people have agreed
   * to is never reworded: it stays in the catalogue under its day, and the new one is entered under its own.
   */
  versions: readonly [PlainDate, ...PlainDate[]]
  /** Figures that its text about the time of keeping names. */
  kept: Readonly<Record<string, number>>
}

const FIRST = '2026-11-24'

export const PURPOSES = {
  account: {
    basis: 'consent',
    versions: [FIRST],
    kept: { months: RETENTION.accountUnusedMonths, days: RETENTION.accountWarningDays },
  },
  'guest-need': { basis: 'consent', versions: [FIRST], kept: { months: RETENTION.needMonths } },
  introduction: { basis: 'consent', versions: [FIRST], kept: { months: RETENTION.needMonths } },
  'firm-contacts': { basis: 'consent', versions: [FIRST], kept: {} },
  notices: { basis: 'agreement', versions: [FIRST], kept: { days: RETENTION.mailDays } },
  membership: { basis: 'agreement', versions: [FIRST], kept: { days: RETENTION.invitationDays } },
  claim: { basis: 'agreement', versions: [FIRST], kept: { days: RETENTION.evidenceDays } },
  report: { basis: 'agreement', versions: ['2026-11-26'], kept: { days: RETENTION.reportDays } },
  alerts: {
    basis: 'agreement',
    versions: ['2026-11-27'],
    kept: { months: RETENTION.alertMonths, days: RETENTION.alertConfirmDays, endedDays: RETENTION.alertEndedDays },
  },
  security: { basis: 'law', versions: [FIRST], kept: { days: RETENTION.signInDays } },
  requests: { basis: 'law', versions: [FIRST], kept: { months: RETENTION.requestMonths } },
} as const satisfies Record<string, Purpose>

export type PurposeId = keyof typeof PURPOSES
export const PURPOSE_IDS = Object.keys(PURPOSES) as PurposeId[]

/** Purposes that somebody is asked to agree to. */
export type ConsentPurpose = {
  [K in PurposeId]: (typeof PURPOSES)[K]['basis'] extends 'consent' ? K : never
}[PurposeId]
export const CONSENT_PURPOSES = PURPOSE_IDS.filter((id) => PURPOSES[id].basis === 'consent') as ConsentPurpose[]

/** On what a consent was given. */
export const CONSENT_WAYS = ['sign-up', 'need-form', 'introduction', 'profile', 'account-page'] as const
export type ConsentWay = (typeof CONSENT_WAYS)[number]

/** The day of a purpose's present texts; a consent is stored with the one that was shown. */
export function textVersion(id: PurposeId): PlainDate {
  const versions: Purpose['versions'] = PURPOSES[id].versions
  return versions.at(-1) ?? versions[0]
}

/** Key of the text somebody agrees to, in the version shown; wants `park`, the park's name. */
export const consentText = (id: string, version: PlainDate): string => `privacy.consent.${id}.${version}`

/** The day of the newest text of all, which is the privacy page's. */
export const newestTextVersion = (): PlainDate => PURPOSE_IDS.map(textVersion).sort().at(-1) ?? FIRST
