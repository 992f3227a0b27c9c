import { createHash } from 'node:crypto'
import type { ClientSession } from 'mongoose'
import { plainDateIn } from '../../kernel/clock.js'
import { newId, newLinkKey } from '../../kernel/ids.js'
import type { ParkContext } from '../../kernel/park.js'
import { daysBefore, monthsAfter, RETENTION } from '../../kernel/retention.js'
import type { Lang } from '../../kernel/text.js'
import { inTransaction } from '../../platform/db/connection.js'
import { isDuplicateKey } from '../../platform/db/duplicate-key.js'
import type { Finding } from '../matching/index.js'
import type { TypedNeed, WatchRow } from './alerts.model.js'
import type { AlertDeps } from './alerts.ports.js'
import { confirmationMail } from './confirmation.mail.js'
import { watchEnding } from './ending.js'
import type { About, Thing } from './things.js'
import type { Stop } from './unsubscribing.js'
import { freePlace } from './watches.rules.js'

/** `full`: he watches as much as one person may. */
export type Started = 'on' | 'already' | 'full'

export interface Watching {
  /** Begins to watch something for somebody whose address is known to be his. */
  start(park: ParkContext, personId: string, thing: Thing): Promise<Started>
  /** Mails a link to an address that anybody may have typed; nothing else goes there before it is pressed. */
  askByMail(park: ParkContext, thing: Thing & { about: { kind: 'words' } }, email: string, lang: Lang): Promise<void>
  /** What a mailed link is about; null for one that leads nowhere, or no more. */
  byKey(park: ParkContext, key: string): Promise<WatchRow | null>
  /** Begins what a mailed link was asked for; repeating it is harmless. Null as for `byKey`. */
  confirm(park: ParkContext, key: string): Promise<Started | null>
  /** What somebody watches now, the newest first. */
  of(personId: string): Promise<WatchRow[]>
  /** Ends one of a person's; another's, or none, is left alone. */
  end(personId: string, watchId: string): Promise<void>
  /** What a link that ends mails would end now. */
  endedBy(stop: Stop): Promise<WatchRow[]>
  /** Ends it; repeating it is harmless. */
  stop(stop: Stop): Promise<void>
}

type Deps = Pick<
  AlertDeps,
  'db' | 'clock' | 'people' | 'outbox' | 'watches' | 'told' | 'translate' | 'publicUrl' | 'onMail'
>

/** The address has had its share of such mails; what was begun is undone. */
class AddressFull extends Error {}

export function watchingService(deps: Deps): Watching {
  const { db, clock, people, outbox, watches, told, onMail } = deps
  const { end, drop } = watchEnding(deps)

  /** What a watch that begins now has, whatever it is about. */
  const beginning = (park: ParkContext) => {
    const now = clock()
    return {
      ...{ createdAt: now, endsAt: monthsAfter(now, RETENTION.alertMonths), endedAt: null },
      ...{ checkedOn: plainDateIn(now, park.timeZone), leaseUntil: now },
    }
  }

  const putOn = (park: ParkContext, personId: string, thing: Thing, found: readonly Finding[]) =>
    retried(() =>
      inTransaction(db, async (session): Promise<Started> => {
        const own = await watches.of(personId, session)
        const there = own.find(({ about }) => about === keyOf(thing.about))
        if (there?.state === 'on') return 'already'
        const place = there?.place ?? freePlace(own)
        if (place === null) return 'full'
        const fields = {
          ...whatOf(thing.about),
          ...beginning(park),
          place,
          state: 'on',
          keyHash: null,
        } as const
        const id = there?._id ?? newId()
        if (there) await watches.set(id, fields, session)
        else await watches.add({ _id: id, parkId: park.id, personId, guest: false, ...fields }, session)
        await told.noteFirst(id, found.map(knownOf), session)
        return 'on'
      }),
    )

  /** Whose a confirmed watch is: of who signs in under the address, or of who has confirmed another one with it before. */
  async function ownerOf(row: WatchRow, session: ClientSession): Promise<string | null> {
    const person = await people.byId(row.personId)
    if (!person?.email) return null
    if (!row.guest) return row.personId
    const holder = await people.accountHolder(row.parkId, person.email)
    if (holder) return holder._id
    const same = (await people.guestsOf(row.parkId, person.email)).map(({ _id }) => _id)
    const [first] = await watches.guestsAmong(same, session)
    return first ?? row.personId
  }

  async function byKey({ id }: ParkContext, key: string): Promise<WatchRow | null> {
    const row = await watches.byKeyHash(id, hashOf(key))
    if (!row || row.state === 'ended') return null
    const late = row.createdAt < daysBefore(clock(), RETENTION.alertConfirmDays)
    return row.state === 'asked' && late ? null : row
  }

  const endedBy: Watching['endedBy'] = async ({ kind, id }) => {
    const named = await watches.byId(id)
    if (!named) return []
    // Of whoever it belongs to by now: a guest may have an account since the mail.
    const rows = kind === 'all' ? await watches.of(named.personId) : [named]
    return rows.filter(({ state }) => state !== 'ended')
  }

  return {
    start: async (park, personId, thing) => putOn(park, personId, thing, await thing.look()),
    askByMail: async (park, thing, email, lang) => {
      const found = await thing.look()
      const key = newLinkKey()
      const personId = newId()
      const what = whatOf(thing.about)
      const row: WatchRow = {
        ...{ _id: newId(), parkId: park.id, personId, guest: true, ...what, ...beginning(park) },
        ...{ place: freePlace([]), state: 'asked', keyHash: hashOf(key) },
      }
      try {
        await inTransaction(db, async (session) => {
          await people.addGuest({ parkId: park.id, personId, email, name: null, lang }, session)
          await watches.add(row, session)
          await told.noteFirst(row._id, found.map(knownOf), session)
          const mail = confirmationMail(deps, park, { label: thing.label(lang), key, lang })
          if (!(await outbox.enqueue({ parkId: park.id, personId, to: email, kind: 'alert', ...mail }, session)))
            throw new AddressFull()
        })
      } catch (error) {
        // Whoever asks is told the same: it is not for him to know what an address receives.
        if (error instanceof AddressFull) return
        throw error
      }
      onMail()
    },
    byKey,
    confirm: async (park, key) => {
      const asked = await byKey(park, key)
      if (!asked) return null
      if (asked.state === 'on') return 'already'
      return retried(() =>
        inTransaction(db, async (session): Promise<Started | null> => {
          const owner = await ownerOf(asked, session)
          if (!owner) return null
          if (owner === asked.personId) {
            await watches.set(asked._id, { state: 'on' }, session)
            return 'on'
          }
          return join(asked, owner, session)
        }),
      )
    },
    of: async (personId) => (await watches.of(personId)).filter(({ state }) => state === 'on'),
    end: (personId, watchId) =>
      inTransaction(db, async (session) => {
        const own = await watches.of(personId, session)
        await end(
          own.filter(({ _id, state }) => _id === watchId && state !== 'ended'),
          session,
        )
      }),
    endedBy,
    stop: (stop) =>
      inTransaction(db, async (session) => {
        await end(await endedBy(stop), session)
      }),
  }

  /** Makes a confirmed watch one of those its owner has already; the person who was made for it goes. */
  async function join(asked: WatchRow, owner: string, session: ClientSession): Promise<Started> {
    const own = await watches.of(owner, session)
    const there = own.find(({ about }) => about === asked.about)
    const place = freePlace(own)
    if (there?.state === 'on' || place === null) {
      await drop([asked], session)
      return place === null && there?.state !== 'on' ? 'full' : 'already'
    }
    const on = { state: 'on', place, personId: owner, guest: own.some((one) => one.guest) } as const
    if (there) {
      // One that was ended goes on: it knows what was told.
      const { kind, typed, createdAt, endsAt, checkedOn } = asked
      await told.noteFirst(there._id, await told.of([asked._id]), session)
      await told.remove([asked._id], session)
      await watches.remove([asked._id], session)
      const begun = { kind, typed, createdAt, endsAt, checkedOn, endedAt: null }
      await watches.set(there._id, { ...begun, ...on }, session)
    } else await watches.set(asked._id, on, session)
    await people.erase(asked.personId, session)
    await outbox.forget(asked.personId, session)
    return 'on'
  }
}

const knownOf = ({ id, version, met }: Finding) => ({ item: id, version, met: [...met] })

/** One person watches a thing once, the same words under the same corrections too. */
export const keyOf = (about: About): string => (about.kind === 'words' ? hashOf(wordsKey(about.typed)) : about.id)

const wordsKey = ({ text, dropped, added, ward }: TypedNeed) =>
  JSON.stringify([text.replace(/\s+/g, ' ').toLowerCase(), [...dropped].sort(), [...added].sort(), ward])

const whatOf = (about: About) => ({
  kind: about.kind,
  about: keyOf(about),
  typed: about.kind === 'words' ? about.typed : null,
})

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

const TRIES = 4

/** Two presses at once may want the same place; the later one takes the next. */
async function retried<T>(work: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (tries <= 1 || !isDuplicateKey(error)) throw error
    return retried(work, tries - 1)
  }
}
