import type { ClientSession } from 'mongoose'
import type { Actor } from '../../kernel/permissions.js'
import { textVersion } from '../../kernel/purposes.js'
import type { Lang } from '../../kernel/text.js'
import type { IntroductionDeps } from './introductions.ports.js'

/** What somebody agrees to who asks, offers or says yes: that the other side sees how to reach him. */
export interface Agreement {
  lang: Lang
  /** The number he wants to be called under; null where he gives none. */
  phone: string | null
}

/** Opaque id of who did something, for audit. */
export const bySomebody = (actor: Actor): string =>
  actor.kind === 'person' || actor.kind === 'guest'
    ? actor.personId
    : actor.kind === 'system'
      ? `system:${actor.name}`
      : 'visitor'

/** Keeps the proof of a consent, and the number given with it. */
export async function agree(
  { people, park }: Pick<IntroductionDeps, 'people' | 'park'>,
  actor: Actor,
  { lang, phone }: Agreement,
  session: ClientSession,
): Promise<void> {
  if (actor.kind !== 'person' && actor.kind !== 'guest') return
  const { personId } = actor
  const text = { purpose: 'introduction', textVersion: textVersion('introduction'), way: 'introduction' } as const
  await people.addConsent({ parkId: park().id, personId, lang, ...text }, session)
  if (phone) await people.setPhone(personId, phone, session)
}
