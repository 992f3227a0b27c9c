import type { ClientSession } from 'mongoose'
import type { ParkContext } from '../../../kernel/park.js'
import { type Lang, type LocalText, pickText } from '../../../kernel/text.js'
import type { MailTools } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { MembershipRepository } from '../../organisations/index.js'
import type { PeopleRepository } from '../../people/index.js'

export interface TellingDeps extends MailTools {
  memberships: Pick<MembershipRepository, 'members'>
  people: Pick<PeopleRepository, 'byIds'>
  outbox: Outbox
}

export interface OwnersMail {
  /** Whose owners; of several, each is written to once. */
  organisation: string | readonly string[]
  park: ParkContext
  name: LocalText
  /** Names the texts: `listings.mail.<kind>`. */
  kind: string
  params?: Readonly<Record<string, string>> | ((lang: Lang) => Readonly<Record<string, string>>)
  /** Where to go on. */
  path(lang: Lang): string
}

/** Writes to the owners of a listing, each in his language, in the transaction of what they are told. Returns how many. */
export async function tellOwners(
  { memberships, people, outbox, translate, publicUrl }: TellingDeps,
  { organisation, park, name, kind, params, path }: OwnersMail,
  session: ClientSession,
): Promise<number> {
  const members = await Promise.all([organisation].flat().map((one) => memberships.members(one)))
  const owners = new Set(members.flat().flatMap(({ role, personId }) => (role === 'owner' ? personId : [])))
  let told = 0
  for (const { _id: personId, email: to, lang } of await people.byIds([...owners])) {
    if (!to) continue
    const t = translate(lang)
    const names = { name: pickText(name, lang)?.text ?? '', park: pickText(park.name, lang)?.text ?? '' }
    const words = { ...names, ...(typeof params === 'function' ? params(lang) : params), link: publicUrl + path(lang) }
    const subject = t(`listings.mail.${kind}.subject`, words)
    const text = t(`listings.mail.${kind}.text`, words)
    if (await outbox.enqueue({ parkId: park.id, personId, to, subject, text }, session)) told++
  }
  return told
}
