import type { ClientSession } from 'mongoose'
import { newLinkKey } from '../../kernel/ids.js'
import { pathTo } from '../../kernel/routes.js'
import type { Lang } from '../../kernel/text.js'
import type { PersonRow } from '../people/index.js'
import { introductionMail, type Notice, placeOf } from './introductions.mail.js'
import { contentOf, type Parties } from './introductions.parties.js'
import type { IntroductionDeps } from './introductions.ports.js'
import { answerer } from './rules/introductions.rules.js'
import type { Effect, Side } from './rules/introductions.types.js'

type Tell = Extract<Effect, { type: 'tell' }>
type NoticeDeps = Pick<IntroductionDeps, 'people' | 'memberships' | 'outbox' | 'translate' | 'publicUrl' | 'park'>

interface Receiver {
  personId: string
  email: string
  lang: Lang
  link: string
}

/** Whom introductions are told to, and how. */
export interface Notices {
  /** Whether a side has anybody who could answer here. */
  canAnswer(side: Side, parties: Pick<Parties, 'need' | 'firm'>): Promise<boolean>
  /** Puts the mails of an effect into the outbox, in the transaction of what they tell. */
  tell(effect: Tell, parties: Parties, session: ClientSession): Promise<void>
}

export function introductionNotices(deps: NoticeDeps): Notices {
  const { people, memberships, outbox, translate, publicUrl, park } = deps

  /** Owners and editors of an organisation: those who may answer for it. */
  const speakers = async (organisation: string | null | undefined): Promise<PersonRow[]> => {
    if (!organisation) return []
    const members = (await memberships.members(organisation)).filter(({ role }) => role !== 'viewer')
    return people.byIds(members.map(({ personId }) => personId))
  }

  const needPeople = async (need: Parties['need']): Promise<PersonRow[]> => {
    const [owner, members] = await Promise.all([
      need.ownerId ? people.byId(need.ownerId) : null,
      speakers(contentOf(need)?.business),
    ])
    return [...(owner ? [owner] : []), ...members.filter(({ _id }) => _id !== owner?._id)].filter(canBeWrittenTo)
  }

  const firmPeople = async ({ id }: Parties['firm']) => (await speakers(id)).filter(canBeWrittenTo)

  return {
    canAnswer: async (side, { need, firm }) =>
      (side === 'need' ? await needPeople(need) : await firmPeople(firm)).length > 0,
    tell: async (effect, parties, session) => {
      const { side } = effect
      const receivers = side === 'need' ? await guestsAndMembers(parties, session) : await firmReceivers(parties)
      const unclaimed = side === 'firm' && (await firmPeople(parties.firm)).length === 0
      if (unclaimed && effect.what !== 'asked' && effect.what !== 'reminder') return
      const notice = unclaimed ? 'invited' : noticeOf(effect, parties)
      for (const { personId, email, lang, link } of receivers) {
        const mail = introductionMail({ translate, park: park() }, parties, { notice, side, lang, link })
        const { parkId } = parties.row
        // Anybody who has told a need can have a firm's own address written to.
        const kind = unclaimed ? 'posting' : 'event'
        await outbox.enqueue({ parkId, personId, to: email, kind, ...mail }, session)
      }
    },
  }

  /** A guest's link is kept as a hash only, so that each mail to him carries a key of its own. */
  async function guestsAndMembers({ row, need }: Parties, session: ClientSession): Promise<Receiver[]> {
    const receivers: Receiver[] = []
    for (const { _id: personId, email, lang, hasAccount } of await needPeople(need)) {
      const key = hasAccount ? null : newLinkKey()
      if (key) await people.addLink({ parkId: row.parkId, personId, needId: need.id, key, ...MAILED }, session)
      receivers.push({ personId, email: email ?? '', lang, link: placeOf(publicUrl, lang, row._id, key) })
    }
    return receivers
  }

  /** Where nobody speaks for the firm yet, its own address, with the way to its page. */
  async function firmReceivers({ row, firm }: Parties): Promise<Receiver[]> {
    const members = await firmPeople(firm)
    if (members.length > 0)
      return members.map(({ _id: personId, email, lang }) => ({
        ...{ personId, email: email ?? '', lang },
        link: placeOf(publicUrl, lang, row._id, null),
      }))
    const own = firm.published?.contacts.email?.value
    if (!own) return []
    const link = publicUrl + pathTo('claims.new', 'vi', { slug: firm.slug })
    return [{ personId: firm.id, email: own, lang: 'vi', link }]
  }
}

const MAILED = { mailed: true, proved: true }

const canBeWrittenTo = ({ email, erasedAt }: PersonRow) => email !== null && erasedAt === null

function noticeOf({ side, what }: Tell, { row }: Parties): Notice {
  if (what === 'accepted') return side === answerer(row.kind) ? 'agreed' : 'accepted'
  if (what !== 'lapsed') return what
  if (row.lapsed === 'left') return 'left'
  return row.lapsed === 'need-ended' ? 'ended' : 'unanswered'
}
