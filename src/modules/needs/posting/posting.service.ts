import { newId, newLinkKey } from '../../../kernel/ids.js'
import type { ParkContext } from '../../../kernel/park.js'
import type { Lang } from '../../../kernel/text.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { CaseRepository } from '../../curation/index.js'
import type { PeopleRepository } from '../../people/index.js'
import { needCase } from '../needs.cases.js'
import type { NeedContent } from '../needs.schemas.js'
import { submittedMail } from './posting.mail.js'
import { takenOnce } from './taken-once.js'

/** A guest's need, ready to be sent. */
export interface GuestNeed {
  /** Of the draft it was written as: sent twice, it is still one need. */
  draftId: string
  /** Of the page that the posting browser is led to; the mail has another, which proves the address. */
  key: string
  content: NeedContent
  email: string
  name: string | null
  lang: Lang
  /** Version of the consent text that was shown. */
  consentVersion: string
}

export interface PostingService {
  /**
   * Takes a guest's need: the need, the person, the consent, the links and the mail are stored together or not at all.
   * A draft that was taken before changes nothing.
   */
  submit(park: ParkContext, need: GuestNeed): Promise<void>
}

export interface PostingDeps extends Mailing {
  change: Change
  records: RecordRepository
  people: PeopleRepository
  outbox: Outbox
  cases: CaseRepository
}

const GUEST = 'guest'

const consented = (textVersion: string) => ({ purpose: 'guest-need', textVersion, way: 'need-form' }) as const

export function postingService(deps: PostingDeps): PostingService {
  const { change, people, outbox, cases } = deps
  const once = takenOnce(deps, GUEST)

  return {
    submit: async (park, need) => {
      await once(park.id, need.draftId, () => store(park, need))
    },
  }

  async function store(park: ParkContext, guestNeed: GuestNeed) {
    const { draftId, key, content, email, name, lang, consentVersion } = guestNeed
    const personId = newId()
    const title = content.title.vi ?? content.title.en ?? ''
    const [posted] = await change<NeedContent>({
      parkId: park.id,
      type: 'need',
      by: personId,
      why: 'posted by a guest',
      edits: [
        {
          source: GUEST,
          externalId: draftId,
          slugFrom: title,
          set: { working: content, status: 'submitted', ownerId: personId },
        },
      ],
      alongside: async (session, [need]) => {
        if (!need) return
        const person = { parkId: park.id, personId }
        await people.addGuest({ ...person, email, name, lang }, session)
        await people.addConsent({ ...person, ...consented(consentVersion), lang }, session)
        await cases.submit(needCase(need), session)
        const mailKey = newLinkKey()
        const mail = { ...submittedMail(deps, park, { lang, title, key: mailKey }), kind: 'posting' as const }
        const mailed = await outbox.enqueue({ ...person, to: email, ...mail }, session)
        const link = { ...person, needId: need.id, mailed }
        await people.addLink({ ...link, key, proved: false }, session)
        if (mailed) await people.addLink({ ...link, key: mailKey, proved: true }, session)
      },
    })
    if (!posted) throw new Error('the need was not stored')
    return posted.id
  }
}
