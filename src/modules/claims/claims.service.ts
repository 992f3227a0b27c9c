import type { ClientSession } from 'mongoose'
import { NotFound } from '../../kernel/errors.js'
import { newLinkKey } from '../../kernel/ids.js'
import type { ParkContext } from '../../kernel/park.js'
import { can, roleIn } from '../../kernel/permissions.js'
import type { AuditAction } from '../../platform/audit/audit.actions.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import { inTransaction } from '../../platform/db/connection.js'
import type { Person } from '../../platform/http/viewer.js'
import type { ProviderProfile, ProviderRecord } from '../providers/index.js'
import { proofMail, rivalMail } from './claims.mail.js'
import type { ClaimRow } from './claims.model.js'
import { keyHash } from './claims.repository.js'
import type { ClaimDeps, Claims } from './claims.types.js'
import { domainsOf, isPublicDomain, liesAt, mailDomain } from './domains.rules.js'

/** A mailed link is good for this long. */
const LINK_MS = 24 * 60 * 60_000

/** Links for one firm in 24 hours, by whomever: its mailbox is not to be filled by strangers. */
const LINKS_A_DAY = 5

export function claimService(deps: ClaimDeps): Claims {
  const { db, providers, claims, cases, memberships, people, park, files, outbox, audit, clock, onMail } = deps

  /** Begins or goes on with a person's claim of a firm, when he may have one, in the transaction that writes it. */
  async function place(
    { personId }: Person,
    { id: provider, parkId }: ProviderRecord,
    fields: Partial<ClaimRow> & Pick<ClaimRow, 'state'>,
    session: ClientSession,
  ): Promise<string | null> {
    const last = await claims.lastOf(personId, provider, session)
    if (last?.state === 'open') return null
    if (last?.state !== 'mailed') return claims.add({ parkId, personId, provider, ...fields }, session)
    await claims.set(last._id, { ...fields, mailedAt: [...last.mailedAt, ...(fields.mailedAt ?? [])] }, session)
    return last._id
  }

  const isMember = (actor: Person, { id }: ProviderRecord) => roleIn(actor, id) !== null

  async function submit(
    { _id, parkId, personId }: Pick<ClaimRow, '_id' | 'parkId' | 'personId'>,
    firm: ProviderRecord,
    session: ClientSession,
  ) {
    const provider = firm.id
    const what = { parkId, kind: 'claim', type: 'provider', recordId: provider, subjectId: _id } as const
    await cases.submit({ ...what, version: null, personId }, session)
    await tellOwners(firm, session)
  }

  async function tellOwners(firm: ProviderRecord, session: ClientSession) {
    const owners = (await memberships.members(firm.id)).filter(({ role }) => role === 'owner')
    for (const { _id: personId, email: to, lang } of await people.byIds(owners.map((owner) => owner.personId))) {
      if (!to) continue
      const mail = rivalMail(deps, park(), { lang, name: published(firm).name, organisation: firm.id })
      await outbox.enqueue({ parkId: firm.parkId, personId, to, ...mail }, session)
    }
  }

  async function linkedClaim(actor: Person, parkId: string, key: string, session?: ClientSession) {
    const claim = await claims.byKey(parkId, key, session)
    const mailed = claim?.mailedAt.at(-1)
    // Whoever else gets hold of the link, a colleague at that mailbox say, does not make the claimant an owner by it.
    if (!claim || !mailed || claim.personId !== actor.personId) return null
    return clock().getTime() - mailed.getTime() < LINK_MS ? claim : null
  }

  async function linked(actor: Person, parkId: string, key: string) {
    const claim = await linkedClaim(actor, parkId, key)
    const [firm] = claim ? await providers.byIds(actor, [claim.provider]) : []
    return firm ?? null
  }

  return {
    firm: async (actor, parkId, slug) => {
      if (!can(actor, 'organisation:claim')) throw new NotFound('provider', slug)
      return providers.show(actor, parkId, slug)
    },
    standing: async (actor, firm) => {
      if (isMember(actor, firm)) return { is: 'member' }
      const last = await claims.lastOf(actor.personId, firm.id)
      if (last?.state === 'open') return { is: 'open', since: last.createdAt }
      return { is: 'free', mailed: last?.state === 'mailed', refused: last?.answer ?? null }
    },
    byMail: async (actor, park, firm, { email, lang }) => {
      if (isPublicDomain(mailDomain(email))) return { ok: false, reason: 'publicMail' }
      if (isMember(actor, firm)) return { ok: false, reason: 'member' }
      const proves = liesAt(email, domainsOf(published(firm), parkDomains(park)))
      const key = newLinkKey()
      const placed = await inTransaction(db, async (session) => {
        await claims.takeTurn(firm.id, session)
        const now = clock()
        const lately = await claims.mailedSince(firm.id, new Date(now.getTime() - LINK_MS), session)
        const sends = proves && lately < LINKS_A_DAY
        const link = { keyHash: keyHash(key), keyDomain: mailDomain(email), mailedAt: [now] }
        const id = await place(actor, firm, { state: 'mailed', ...(sends && link) }, session)
        if (!id || !sends) return id
        const mail = proofMail(deps, park, { lang, name: published(firm).name, key })
        await outbox.enqueue({ parkId: park.id, personId: actor.personId, kind: 'claim', to: email, ...mail }, session)
        return id
      })
      if (!placed) return { ok: false, reason: 'open' }
      onMail()
      return { ok: true }
    },
    byNote: async (actor, firm, { note, picture }) => {
      if (isMember(actor, firm)) return { ok: false, reason: 'member' }
      const { personId } = actor
      const file = picture && (await files.add(picture, { parkId: firm.parkId, personId }))
      const placed = await inTransaction(db, async (session) => {
        await claims.takeTurn(firm.id, session)
        const evidence = { note, pictured: file !== null, keyHash: null }
        const id = await place(actor, firm, { state: 'open', ...evidence }, session)
        if (!id) return null
        if (file) await files.give(file, { kind: 'claim', recordId: id }, session)
        await submit({ _id: id, parkId: firm.parkId, personId }, firm, session)
        await noted(audit, firm.parkId, personId, 'claim-sent', id, session)
        return id
      })
      if (!placed) return { ok: false, reason: 'open' }
      onMail()
      return { ok: true }
    },
    linked,
    confirm: async (actor, parkId, key) => {
      const firm = await linked(actor, parkId, key)
      if (!firm) return { ok: false }
      const outcome = await inTransaction(db, async (session) => {
        await claims.takeTurn(firm.id, session)
        const claim = await linkedClaim(actor, parkId, key, session)
        if (!claim) return null
        const proven = { provenAt: claim.keyDomain, keyHash: null }
        // Who holds a mailbox is no word against who holds the page already: which of them goes on with it is not for a
        // mail to decide. The curators see both.
        if (await memberships.hasOwner(firm.id, session)) {
          await claims.set(claim._id, { ...proven, state: 'open' }, session)
          await submit(claim, firm, session)
          await noted(audit, parkId, actor.personId, 'claim-sent', claim._id, session)
          return 'curators' as const
        }
        await claims.set(claim._id, { ...proven, state: 'approved', decidedAt: clock() }, session)
        await memberships.put(ownership(claim), session)
        await noted(audit, parkId, actor.personId, 'claim-confirmed', claim._id, session)
        return 'owner' as const
      })
      if (outcome === 'curators') onMail()
      return outcome ? { ok: true, outcome, firm } : { ok: false }
    },
  }
}

/** What a claim leads to. */
export const ownership = ({ parkId, personId, provider }: ClaimRow) => ({
  ...{ parkId, personId, organisation: provider },
  ...({ type: 'provider', role: 'owner' } as const),
})

function noted(
  audit: Audit,
  parkId: string,
  by: string,
  action: AuditAction,
  recordId: string,
  session: ClientSession,
) {
  return audit.record({ parkId, by, action, type: 'claim', recordId }, session)
}

const parkDomains = ({ contacts }: ParkContext): string[] => (contacts.email ? [mailDomain(contacts.email)] : [])

function published(firm: ProviderRecord): ProviderProfile {
  if (!firm.published) throw new TypeError(`firm ${firm.id} is claimed before it is published`)
  return firm.published
}
