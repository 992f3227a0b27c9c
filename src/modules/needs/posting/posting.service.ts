import { Forbidden, NotFound } from '../../../kernel/errors.js'
import { newId, newLinkKey } from '../../../kernel/ids.js'
import type { ParkContext } from '../../../kernel/park.js'
import { type Actor, can } from '../../../kernel/permissions.js'
import { pathTo } from '../../../kernel/routes.js'
import type { Lang } from '../../../kernel/text.js'
import type { Translate } from '../../../platform/i18n/translator.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { PeopleRepository } from '../../people/index.js'
import type { NeedContent } from '../needs.schemas.js'
import type { NeedRecord } from '../needs.search.js'

export interface GuestNeed {
  content: NeedContent
  email: string
  name: string | null
  lang: Lang
  /** Version of the consent text that was shown. */
  consentVersion: string
}

export interface PostingService {
  /**
   * Takes a guest's need: the need, the person, the consent, the link and the mail are stored together or not at all.
   * @returns the key of the guest's own page.
   */
  submit(park: ParkContext, need: GuestNeed): Promise<string>
  /** The need behind a mailed link. @throws {NotFound} for a key that leads nowhere. */
  follow(parkId: string, key: string): Promise<{ actor: Actor; record: NeedRecord }>
  /** Closes the need for good, at its owner's word. */
  withdraw(parkId: string, key: string): Promise<void>
}

export interface PostingDeps {
  change: Change
  records: RecordRepository
  people: PeopleRepository
  outbox: Outbox
  translate(lang: Lang): Translate
  publicUrl: string
  /** Told after a mail was put into the outbox. */
  onMail(): void
}

export function postingService(deps: PostingDeps): PostingService {
  const { change, records, people, outbox, translate, publicUrl, onMail } = deps

  const follow = async (parkId: string, key: string) => {
    const actor = await people.guestByKey(parkId, key)
    const record = actor ? await records.byId<NeedContent>('need', actor.needId) : null
    if (!actor || !record || record.archivedAt) throw new NotFound('link', 'of a need')
    return { actor, record }
  }

  return {
    follow,
    submit: async (park, { content, email, name, lang, consentVersion }) => {
      const personId = newId()
      const key = newLinkKey()
      const title = content.title.vi ?? content.title.en ?? ''
      await change<NeedContent>({
        parkId: park.id,
        type: 'need',
        by: personId,
        why: 'posted by a guest',
        edits: [
          { source: 'guest', slugFrom: title, set: { working: content, status: 'submitted', ownerId: personId } },
        ],
        alongside: async (session, [need]) => {
          if (!need) return
          const person = { parkId: park.id, personId }
          await people.addGuest({ ...person, email, name, lang }, session)
          await people.addConsent({ ...person, purpose: 'guest-need', textVersion: consentVersion, lang }, session)
          await people.addLink({ ...person, needId: need.id, key }, session)
          await outbox.enqueue({ ...person, to: email, ...mailFor(park, lang, title, key) }, session)
        },
      })
      onMail()
      return key
    },
    withdraw: async (parkId, key) => {
      const { actor, record } = await follow(parkId, key)
      const resource = { type: 'need', id: record.id, published: false, archived: false, visibility: 'hidden' } as const
      if (!can(actor, 'need:withdraw', resource)) throw new Forbidden('need:withdraw')
      if (record.status === 'closed') return
      await change<NeedContent>({
        parkId,
        type: 'need',
        by: record.ownerId ?? 'guest',
        why: 'withdrawn by its owner',
        edits: [{ id: record.id, expect: record.version, set: { status: 'closed' } }],
      })
    },
  }

  function mailFor(park: ParkContext, lang: Lang, title: string, key: string) {
    const t = translate(lang)
    const link = publicUrl + pathTo('needs.follow', lang, { key })
    const parkName = park.name[lang] ?? park.name.vi ?? ''
    return {
      subject: t('needs.mail.submitted.subject', { title }),
      text: t('needs.mail.submitted.text', { title, link, park: parkName }),
    }
  }
}
