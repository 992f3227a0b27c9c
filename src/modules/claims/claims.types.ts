import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Lang } from '../../kernel/text.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import type { FileStore } from '../../platform/files/files.repository.js'
import type { Picture } from '../../platform/files/picture.js'
import type { Person } from '../../platform/http/viewer.js'
import type { Mailing } from '../../platform/mail/mailing.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { CaseRepository } from '../curation/index.js'
import type { MembershipRepository } from '../organisations/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { ProviderRecord, ProviderService } from '../providers/index.js'
import type { ClaimRepository } from './claims.repository.js'

export interface ClaimDeps extends Mailing {
  db: Connection
  providers: ProviderService
  claims: ClaimRepository
  cases: CaseRepository
  memberships: MembershipRepository
  people: PeopleRepository
  park(): ParkContext
  files: FileStore
  outbox: Outbox
  audit: Audit
  clock: Clock
}

/** How somebody stands to a firm that he might claim. */
export type Standing =
  | { is: 'member' }
  /** Before the curators. */
  | { is: 'open'; since: Date }
  /** Free to claim; with what came of the last time. */
  | { is: 'free'; mailed: boolean; refused: string | null }

export type Claimed = { ok: true } | { ok: false; reason: 'member' | 'open' }
export type Mailed = Claimed | { ok: false; reason: 'publicMail' }
export type Confirmed = { ok: true; outcome: 'owner' | 'curators'; firm: ProviderRecord } | { ok: false }

export interface Claims {
  /** @throws {NotFound} when there is no such firm for him. */
  firm(
    actor: Person,
    parkId: string,
    slug: string,
  ): Promise<{ moved: true; slug: string } | { moved: false; record: ProviderRecord }>
  standing(actor: Person, firm: ProviderRecord): Promise<Standing>
  /**
   * Mails a link to an address, if it lies at the firm's own domain; the answer is the same when it does not, since the
   * firm's addresses are not everybody's to know.
   */
  byMail(actor: Person, park: ParkContext, firm: ProviderRecord, how: { email: string; lang: Lang }): Promise<Mailed>
  /** Puts the claim before the curators. */
  byNote(actor: Person, firm: ProviderRecord, evidence: { note: string; picture: Picture | null }): Promise<Claimed>
  /** The firm behind a mailed link; null for one that was used, is too old, or is somebody else's. */
  linked(actor: Person, parkId: string, key: string): Promise<ProviderRecord | null>
  /** Takes the link at its word. A firm that has no owner gets one; what has one already goes to the curators. */
  confirm(actor: Person, parkId: string, key: string): Promise<Confirmed>
}
