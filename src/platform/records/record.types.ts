import type { PlainDate } from '../../kernel/clock.js'
import type { Resource } from '../../kernel/permissions.js'
import type { LocalText } from '../../kernel/text.js'

/** A listing or a need: what curators, owners and visitors work with. */
export type RecordType = Resource['type']

export const RECORD_TYPES = ['provider', 'business', 'need'] as const satisfies readonly RecordType[]

/**
 * One record through its whole life. `published` is what everybody may see, `working` the version being prepared
 * (null when it does not differ), so that a change can wait for a curator while the old page stays public.
 */
export interface StoredRecord<Content> {
  id: string
  parkId: string
  /** 1 for a new record, one more with each change. */
  version: number
  slug: string
  /** Where it comes from: `import`, `demonstration`, `guest` … */
  source: string
  /** The source's own id; unique per park and source. */
  externalId: string | null
  published: Content | null
  working: Content | null
  /** A need's status; null for listings. */
  status: string | null
  /** Opaque id of the person who owns it, when it is a guest's. */
  ownerId: string | null
  createdAt: Date
  updatedAt: Date
  publishedAt: Date | null
  archivedAt: Date | null
  /** Id of the record it was merged into; its addresses lead there for ever. */
  mergedInto: string | null
  /** Kept from view for a time, though it is published. */
  withheld: Withheld | null
  /** When the park marked it as its choice; never part of any ranking. */
  featuredAt: Date | null
  /** The last day on which it counts as confirmed; null: it does not expire. */
  expiresOn: PlainDate | null
}

export interface Withheld {
  /** `suspended` by a curator; `expired` because nobody has confirmed it in time. */
  kind: 'suspended' | 'expired'
  since: Date
  /** What visitors of its page are told; null: for them it is not there. */
  notice: LocalText | null
}

/** What was done to a record: stands in its version and in the audit, and is a key of `records.actions` in the catalogue. */
export const RECORD_ACTIONS = [
  ...(['create', 'change', 'submit', 'approve', 'edit-and-approve', 'withdraw', 'close', 'expire', 'renew'] as const),
  ...(['suspend', 'resume', 'archive', 'unarchive', 'feature', 'unfeature', 'restore', 'merge', 'unmerge'] as const),
  ...(['import', 'undo-import', 'retag', 'erase'] as const),
] as const
export type RecordAction = (typeof RECORD_ACTIONS)[number]

/** What a change may set. A field left out stays as it is. */
export type RecordFields<Content> = Partial<
  Pick<
    StoredRecord<Content>,
    | 'published'
    | 'working'
    | 'status'
    | 'ownerId'
    | 'archivedAt'
    | 'mergedInto'
    | 'withheld'
    | 'featuredAt'
    | 'expiresOn'
  >
>

/** A change of one record. */
export interface Edit<Content> {
  /** Missing for a new record. */
  id?: string
  /** The version the caller has seen; another one is a `Conflict`. Missing: whatever is there. */
  expect?: number
  set: RecordFields<Content>
  /** The words its address is made of; a new address replaces the old, which redirects. Required for a new record. */
  slugFrom?: string
  /** For a new record. */
  source?: string
  externalId?: string | null
}

/** An entry of the change log: record `recordId` came to `version`. */
export interface ChangeEntry {
  seq: number
  parkId: string
  type: RecordType
  recordId: string
  version: number
  at: Date
}
