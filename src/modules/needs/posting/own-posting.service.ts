import { NotFound } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import { can } from '../../../kernel/permissions.js'
import type { Lang } from '../../../kernel/text.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { CaseRepository } from '../../curation/index.js'
import type { PeopleRepository } from '../../people/index.js'
import { needCase } from '../needs.cases.js'
import type { NeedContent } from '../needs.schemas.js'
import { ownSubmittedMail } from './posting.mail.js'
import { takenOnce } from './taken-once.js'

/** A need of somebody signed in, ready to be sent. */
export interface OwnNeed {
  /** Of the draft it was written as: sent twice, it is still one need. */
  draftId: string
  /** Names the business it is for, when it is for one. */
  content: NeedContent
  lang: Lang
  /** Version of the consent text that was shown. */
  consentVersion: string
}

export interface OwnPosting {
  /**
   * Takes a need and tells its owner by mail where he follows it; a draft that was taken before changes nothing. Returns the
   * need's id.
   * @throws {NotFound} for a business that he may not post for.
   */
  submit(park: ParkContext, person: Person, need: OwnNeed): Promise<string>
}

export interface OwnPostingDeps extends Mailing {
  change: Change
  records: RecordRepository
  people: PeopleRepository
  outbox: Outbox
  cases: CaseRepository
}

const MEMBER = 'member'

export function ownPostingService(deps: OwnPostingDeps): OwnPosting {
  const { change, people, outbox, cases } = deps
  const once = takenOnce(deps, MEMBER)

  return {
    submit: async (park, person, need) => {
      const { business } = need.content
      if (business && !mayPostFor(person, business)) throw new NotFound('business', business)
      return once(park.id, need.draftId, () => store(park, person.personId, need))
    },
  }

  async function store(park: ParkContext, personId: string, { draftId, content, lang, consentVersion }: OwnNeed) {
    const owner = await people.byId(personId)
    const to = owner?.email
    if (!owner || !to) throw new Error(`person ${personId} is gone`)
    const title = content.title.vi ?? content.title.en ?? ''
    const who = { parkId: park.id, personId }
    const [need] = await change<NeedContent>({
      ...{ parkId: park.id, type: 'need', by: personId, why: 'posted by a member' },
      edits: [
        {
          ...{ source: MEMBER, externalId: draftId, slugFrom: title },
          set: { working: content, status: 'submitted', ownerId: personId },
        },
      ],
      alongside: async (session, [stored]) => {
        if (!stored) return
        const consent = { purpose: 'guest-need', textVersion: consentVersion, way: 'need-form', lang } as const
        await people.addConsent({ ...who, ...consent }, session)
        await cases.submit(needCase(stored), session)
        const mail = ownSubmittedMail(deps, park, { lang: owner.lang, title, need: stored.id })
        await outbox.enqueue({ ...who, to, ...mail }, session)
      },
    })
    if (!need) throw new Error('the need was not stored')
    return need.id
  }
}

/** For a business that one looks after. */
export const mayPostFor = (person: Person, business: string): boolean =>
  person.memberships.some(({ type, organisation }) => type === 'business' && organisation === business) &&
  can(person, 'organisation:edit', { type: 'organisation', id: business })
