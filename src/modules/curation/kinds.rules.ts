const HOUR_MS = 60 * 60_000

/**
 * What curators decide, and within how many hours of its being sent. A person who waits comes before what the product has
 * found by itself. A new kind is a line here, its word in the catalogues (`curation.kinds`) and its subject in the workbench.
 */
const TARGET_HOURS = {
  'new-listing': 48,
  change: 48,
  need: 24,
  claim: 72,
  introduction: 48,
  /** A visitor says that something on a public page is wrong. */
  report: 72,
  /** A listing whose day has come. */
  expiry: 14 * 24,
  /** Two listings that may be one; the record is the one, the subject the other. */
  duplicate: 14 * 24,
} as const

export type CaseKind = keyof typeof TARGET_HOURS
export const CASE_KINDS = Object.keys(TARGET_HOURS) as readonly CaseKind[]

/** What the product sets, in hours; a park may have figures of its own. */
export const targetHours = (kind: CaseKind): number => TARGET_HOURS[kind]

export const targetMs = (kind: CaseKind, own?: OwnHours): number => (own?.[kind] ?? TARGET_HOURS[kind]) * HOUR_MS

/** The park's own figures, for the kinds that have one. */
export type OwnHours = Readonly<Partial<Record<string, number>>>
