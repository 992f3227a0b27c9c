import type { ClientSession, Connection } from 'mongoose'
import { Conflict, Forbidden, NotFound, ProductError } from '../../../kernel/errors.js'
import { can } from '../../../kernel/permissions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../../people/index.js'
import type { CaseRow } from '../cases.model.js'
import type { CaseRepository } from '../cases.repository.js'
import type { CaseSubjects, Decided, OpenCase, Order, Settlement } from '../subjects.types.js'
import { END } from './keys.rules.js'

export interface DecidingDeps extends Mailing {
  db: Connection
  cases: CaseRepository
  subjects: CaseSubjects
  people: PeopleRepository
  outbox: Outbox
  audit: Audit
}

/** A case as one curator finds it. */
export interface FoundCase {
  entry: CaseRow
  /** Null when it is decided, or nothing is left to decide. */
  open: OpenCase | null
  /** Whether it is about himself or a firm he belongs to, so that somebody else has to decide it. */
  own: boolean
}

export type DecideResult = Decided | { ok: false; reason: 'decided' }

export interface DecidingService {
  /** @throws {NotFound} for a case that there is not. */
  find(actor: Person, parkId: string, id: string): Promise<FoundCase>
  /** @throws {NotFound} for a case that there is not, {Forbidden} for one's own. */
  decide(
    actor: Person,
    parkId: string,
    id: string,
    order: Pick<Order, 'action' | 'version' | 'typed' | 'batch'>,
  ): Promise<DecideResult>
}

/** Somebody else has decided in the meantime; what this decision has written is taken back. */
class AlreadyDecided extends ProductError {
  constructor(id: string) {
    super('conflict', 409, `case ${id} is decided already`)
  }
}

export function decidingService(deps: DecidingDeps): DecidingService {
  const { db, cases, subjects, onMail } = deps

  async function find(actor: Person, parkId: string, id: string): Promise<FoundCase> {
    const entry = can(actor, 'admin:use') ? await cases.byId(id) : null
    if (entry?.parkId !== parkId) throw new NotFound('case', id)
    const open = entry.state === 'open' ? await subjects[entry.kind].open(entry) : null
    const resource = { id, personId: entry.personId, organisation: open?.organisation ?? entry.recordId }
    return { entry, open, own: !can(actor, 'case:decide', { type: 'case', ...resource }) }
  }

  /** Nothing is left to decide: the case goes, and nobody is told. */
  async function takeOut(action: string, settle: Order['settle']): Promise<Decided> {
    if (action !== END) return { ok: false, reason: 'newer' }
    await inTransaction(db, (session) => settle(session, { state: 'moot', note: null, mail: null }))
    return { ok: true, notice: 'curation.notices.moot' }
  }

  return {
    find,
    decide: async (actor, parkId, id, wanted) => {
      const { entry, open, own } = await find(actor, parkId, id)
      if (entry.state !== 'open') return { ok: false, reason: 'decided' }
      if (own) throw new Forbidden('case:decide')
      const settle = settling(deps, entry, { by: actor.personId, ...wanted })
      try {
        if (!open) return await takeOut(wanted.action, settle)
        if (open.version !== wanted.version) return { ok: false, reason: 'newer' }
        const decided = await open.decide({ by: actor.personId, actor, parkId, ...wanted, settle })
        if (decided.ok) onMail()
        return decided
      } catch (error) {
        if (error instanceof AlreadyDecided) return { ok: false, reason: 'decided' }
        if (!(error instanceof Conflict)) throw error
        // The record has moved on: by the other curator's decision, or by its owner's hand.
        const now = await cases.byId(id)
        return { ok: false, reason: now?.state === 'open' ? 'newer' : 'decided' }
      }
    },
  }
}

const settling =
  (
    { cases, people, outbox, audit, translate }: DecidingDeps,
    entry: CaseRow,
    { by, batch }: Pick<Order, 'by' | 'batch'>,
  ) =>
  async (session: ClientSession, { mail, ...said }: Settlement): Promise<void> => {
    if (!(await cases.decide(entry._id, { ...said, by }, session))) throw new AlreadyDecided(entry._id)
    const { parkId, personId, kind } = entry
    const what = {
      action: `case-${said.state}` as const,
      type: 'case' as const,
      recordId: entry._id,
      details: { kind, ...(said.reasonId && { reason: said.reasonId }), ...(batch && { batch }) },
    }
    await audit.record({ parkId, by, ...what }, session)
    const person = personId ? await people.byId(personId) : null
    if (!person?.email || !mail) return
    const { _id, email: to, lang } = person
    await outbox.enqueue({ parkId, personId: _id, to, ...mail(translate(lang), lang) }, session)
  }
