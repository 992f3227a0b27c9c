import { hourIn, type PlainDate, plainDateIn } from '../../kernel/clock.js'
import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import { inTransaction } from '../../platform/db/connection.js'
import { actorMemberships } from '../organisations/index.js'
import type { PersonRow } from '../people/index.js'
import type { WatchRow } from './alerts.model.js'
import type { AlertDeps } from './alerts.ports.js'
import { digestMail, type ThingNews } from './digest.mail.js'
import { watchEnding } from './ending.js'
import { newsOf } from './news.rules.js'
import { aboutOf, type Thing, thingFinder } from './things.js'
import { stopTokens } from './unsubscribing.js'

/** The hour of the park's day from which on the day's news are told. */
export const TOLD_FROM_HOUR = 7

export interface Digests {
  /**
   * Tells everybody once a day what is new, from seven in the morning on; of several instances that run it at once, or one that is
   * cut off, nothing is told twice. Returns how many mails were put into the outbox.
   * @throws {AggregateError} at the end, of those to whom it could not be told; they are tried again once their lease is over.
   */
  run(park: ParkContext): Promise<number>
  /** Breaks off after the person it is at. */
  stop(): Promise<void>
}

export interface DigestDeps extends AlertDeps {
  /** Resolves when searches see every change made before. */
  caughtUp(): Promise<void>
}

/** One thing as it stood when it was looked at. */
type Looked = { watch: WatchRow; thing: Thing; news: ThingNews['news'] } | { watch: WatchRow; thing: null }

export function digestService(deps: DigestDeps): Digests {
  const { db, clock, people, accounts, outbox, watches, told, caughtUp, onMail } = deps
  const membershipsOf = actorMemberships(deps)
  const find = thingFinder(deps)
  const tokens = stopTokens(deps.secret)
  const { end } = watchEnding(deps)
  let stopped = false
  let running: Promise<unknown> = Promise.resolve()

  async function runOnce(park: ParkContext): Promise<number> {
    const now = clock()
    if (hourIn(now, park.timeZone) < TOLD_FROM_HOUR) return 0
    const today = plainDateIn(now, park.timeZone)
    const failures: unknown[] = []
    let mails = 0
    let ready = false
    while (!stopped) {
      const personId = await watches.claim(park.id, today)
      if (!personId) break
      try {
        if (!ready) await caughtUp()
        ready = true
        if (await tell(park, personId, today)) mails++
      } catch (error) {
        failures.push(error)
      }
    }
    if (mails > 0) onMail()
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} people could not be told`)
    return mails
  }

  /** The looking is done before, since it takes long; what has ended or was told meanwhile is left out of the mail. */
  async function tell(park: ParkContext, personId: string, today: PlainDate): Promise<boolean> {
    const person = await people.byId(personId)
    const mayBeTold = person?.email && !(await accounts.byId(personId))?.suspendedAt
    const looked = new Map<string, Looked>()
    if (person && mayBeTold)
      for (const watch of await watches.due(personId, today)) looked.set(watch._id, await lookAt(park, person, watch))
    return inTransaction(db, async (session) => {
      const taken = await watches.take(personId, today, session)
      const seen = taken.flatMap(({ _id }) => looked.get(_id) ?? [])
      // Erased meanwhile: there is nobody to tell.
      const over = person?.email ? seen.filter(({ thing }) => !thing).map(({ watch }) => watch) : taken
      await end(over, session)
      const things = seen.flatMap((one) => (one.thing && one.news.length > 0 ? [one] : []))
      if (!person?.email || things.length === 0) return false
      const { hasAccount, lang, email: to } = person
      const mail = digestMail({ ...deps, tokens }, park, { hasAccount, lang, things })
      if (!(await outbox.enqueue({ parkId: park.id, personId, to, ...mail }, session))) return false
      for (const { watch, news } of things)
        await told.noteMailed(
          watch._id,
          news.map(({ id, version, met }) => ({ item: id, version, met: [...met] })),
          clock(),
          session,
        )
      return true
    })
  }

  async function lookAt(park: ParkContext, person: PersonRow, watch: WatchRow): Promise<Looked> {
    const about = aboutOf(watch)
    const over = watch.endsAt <= clock()
    const thing = about && !over ? await find(await actorOf(person, watch), park, about) : null
    if (!thing) return { watch, thing: null }
    return { watch, thing, news: newsOf(watch.createdAt, await thing.look(), await told.of([watch._id])) }
  }

  /** As whom things are looked for: never with the rights of the park's staff, since mails are read anywhere. */
  async function actorOf({ _id: personId, hasAccount }: PersonRow, { kind, about }: WatchRow): Promise<Actor> {
    if (hasAccount) return { kind: 'person', personId, memberships: await membershipsOf(personId), staff: null }
    return kind === 'need' ? { kind: 'guest', needId: about, personId, proved: true } : { kind: 'visitor' }
  }

  return {
    run: (park) => {
      const run = runOnce(park)
      running = run.catch(() => undefined)
      return run
    },
    stop: async () => {
      stopped = true
      await running
    },
  }
}
