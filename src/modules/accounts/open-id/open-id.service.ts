import type { Connection } from 'mongoose'
import { newId } from '../../../kernel/ids.js'
import type { ParkContext } from '../../../kernel/park.js'
import { textVersion } from '../../../kernel/purposes.js'
import { type Lang, pickText } from '../../../kernel/text.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../../people/index.js'
import type { AccountRepository } from '../accounts.repository.js'
import type { Adopt } from '../signing-up/sign-up.service.js'
import type { OpenIdPerson } from './open-id.client.js'
import { addressFrom } from './open-id.rules.js'

export interface OpenIdServiceDeps extends Mailing {
  db: Connection
  people: PeopleRepository
  accounts: AccountRepository
  outbox: Outbox
  audit: Audit
  /** Joins to a person what was posted under his address. */
  adopt: Adopt
  /** What the service is called. */
  serviceName: string
}

export type Recognised =
  | { ok: true; personId: string; linked: boolean }
  /** Nobody here has this address yet. */
  | { ok: false; reason: 'new'; email: string }
  /** `address`: none that the service vouches for. `other`: the account belongs to another of its users. */
  | { ok: false; reason: 'address' | 'other' | 'suspended' }

export interface OpenIdService {
  /** Whose account it is: his who came this way before, or his whose verified address it is, which is joined to it and told to him. */
  recognise(park: ParkContext, person: OpenIdPerson): Promise<Recognised>
  /** Makes an account without a password; null when the address has one by now. */
  join(
    park: ParkContext,
    newcomer: { subject: string; email: string; name: string; lang: Lang },
  ): Promise<{ personId: string } | null>
}

export function openIdService(deps: OpenIdServiceDeps): OpenIdService {
  const { db, people, accounts, outbox, audit, adopt, translate, onMail, serviceName } = deps

  async function link(park: ParkContext, personId: string, subject: string) {
    const person = await people.byId(personId)
    await accounts.setOpenIdSubject(personId, subject)
    await inTransaction(db, async (session) => {
      const about = { parkId: park.id, by: personId, type: 'person', recordId: personId } as const
      await audit.record({ ...about, action: 'open-id-linked' }, session)
      if (!person?.email) return
      const t = translate(person.lang)
      const words = { service: serviceName, park: pickText(park.name, person.lang)?.text ?? '' }
      await outbox.enqueue(
        {
          ...{ parkId: park.id, personId, to: person.email },
          subject: t('openid.mail.linked.subject', words),
          text: t('openid.mail.linked.text', words),
        },
        session,
      )
    })
    onMail()
  }

  return {
    recognise: async (park, { subject, ...claims }) => {
      const known = await accounts.byOpenIdSubject(park.id, subject)
      if (known) {
        return known.suspendedAt ? { ok: false, reason: 'suspended' } : { ok: true, personId: known._id, linked: false }
      }
      const email = addressFrom(claims)
      if (!email) return { ok: false, reason: 'address' }
      const holder = await people.accountHolder(park.id, email)
      const account = holder && (await accounts.byId(holder._id))
      if (!account) return { ok: false, reason: 'new', email }
      if (account.suspendedAt) return { ok: false, reason: 'suspended' }
      // An address can be given to somebody else over there; the account is not given along with it.
      if (account.openIdSubject) return { ok: false, reason: 'other' }
      await link(park, account._id, subject)
      return { ok: true, personId: account._id, linked: true }
    },
    join: async (park, { subject, email, name, lang }) => {
      if (await people.accountHolder(park.id, email)) return null
      const person = { parkId: park.id, personId: newId() }
      await inTransaction(db, async (session) => {
        await people.addAccountHolder({ ...person, email, name, lang }, session)
        await accounts.add({ ...person, passwordHash: null, openIdSubject: subject }, session)
        const consent = { purpose: 'account', textVersion: textVersion('account'), lang, way: 'sign-up' } as const
        await people.addConsent({ ...person, ...consent }, session)
        const about = { by: person.personId, type: 'person', recordId: person.personId } as const
        await audit.record({ parkId: park.id, ...about, action: 'sign-up', details: { way: 'open-id' } }, session)
      })
      await adopt({ ...person, email })
      return { personId: person.personId }
    },
  }
}
