import type { Connection } from 'mongoose'
import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import { type Actor, can } from '../../../kernel/permissions.js'
import type { Lang } from '../../../kernel/text.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../../people/index.js'
import { answeredMail, receivedMail } from '../privacy.mail.js'
import { urgency } from './clocks.rules.js'
import type { ASKED_KINDS, RequestRow } from './requests.model.js'
import type { RequestRepository } from './requests.repository.js'

export interface RegisterDeps extends Mailing {
  db: Connection
  clock: Clock
  people: PeopleRepository
  requests: RequestRepository
  outbox: Outbox
  audit: Audit
}

export interface Asked {
  kind: (typeof ASKED_KINDS)[number]
  words: string
  lang: Lang
}

export interface Answer {
  outcome: 'done' | 'refused'
  note: string
}

export interface Register {
  /** Enters a request and tells its sender at once that it is there, which stops the law's first clock. */
  ask(actor: Actor, park: ParkContext, personId: string, asked: Asked): Promise<void>
  /** What waits, whose clock runs out first at the top, and what was closed last. */
  list(actor: Actor, park: ParkContext): Promise<{ open: RequestRow[]; closed: RequestRow[] }>
  /** @throws {NotFound} */
  byId(actor: Actor, park: ParkContext, id: string): Promise<RequestRow>
  /** Answers a request and mails the answer; false when it has been closed meanwhile. */
  answer(actor: Actor, park: ParkContext, id: string, answer: Answer): Promise<boolean>
}

const CLOSED_SHOWN = 50

export function registerService(deps: RegisterDeps): Register {
  const { db, clock, people, requests, outbox, audit, onMail } = deps

  const byId = async (actor: Actor, park: ParkContext, id: string) => {
    const request = can(actor, 'admin:requests') ? await requests.byId(id) : null
    if (!request || request.parkId !== park.id) throw new NotFound('request', id)
    return request
  }

  return {
    byId,
    ask: async (actor, park, personId, asked) => {
      if (!can(actor, 'person:ask', { type: 'person', id: personId })) throw new NotFound('person', personId)
      const person = await people.byId(personId)
      await inTransaction(db, async (session) => {
        const request = await requests.add({ parkId: park.id, personId, ...asked }, session)
        const event = {
          action: 'asked',
          type: 'request',
          recordId: request._id,
          details: { kind: asked.kind },
        } as const
        await audit.record({ parkId: park.id, by: personId, ...event }, session)
        if (!person?.email) return
        const mail = { parkId: park.id, personId, to: person.email, ...receivedMail(deps, park, request) }
        if (await outbox.enqueue(mail, session)) await requests.acknowledge(request._id, session)
      })
      onMail()
    },
    list: async (actor, park) => {
      if (!can(actor, 'admin:requests')) throw new NotFound('register', park.id)
      const [open, closed] = await Promise.all([requests.open(park.id), requests.closed(park.id, CLOSED_SHOWN)])
      const today = plainDateIn(clock(), park.timeZone)
      const first = (request: RequestRow) => urgency(request, today, park.timeZone)
      return { open: open.sort((a, b) => first(a) - first(b)), closed }
    },
    answer: async (actor, park, id, { outcome, note }) => {
      const request = await byId(actor, park, id)
      const by = actor.kind === 'person' ? actor.personId : 'system'
      const person = await people.byId(request.personId)
      const closed = await inTransaction(db, async (session) => {
        if (!(await requests.close(id, { outcome, note, by }, session))) return false
        // Whoever could not be told that it came in is told with the answer.
        await requests.acknowledge(id, session)
        await audit.record(
          { parkId: park.id, by, action: 'answered', type: 'request', recordId: id, details: { outcome } },
          session,
        )
        if (person?.email) {
          const mail = { parkId: park.id, personId: person._id, to: person.email }
          await outbox.enqueue({ ...mail, ...answeredMail(deps, park, request, { outcome, note }) }, session)
        }
        return true
      })
      onMail()
      return closed
    },
  }
}
