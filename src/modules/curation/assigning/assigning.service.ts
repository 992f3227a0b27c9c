import type { Connection } from 'mongoose'
import { NotFound } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import { can, type Membership, type StaffRole } from '../../../kernel/permissions.js'
import { pathTo } from '../../../kernel/routes.js'
import { pickText, type ShownText } from '../../../kernel/text.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import { inTransaction } from '../../../platform/db/connection.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import type { PeopleRepository, PersonRow } from '../../people/index.js'
import type { CaseRow } from '../cases.model.js'
import type { CaseRepository } from '../cases.repository.js'
import type { CaseSubjects } from '../subjects.types.js'

export interface AssigningDeps extends Mailing {
  db: Connection
  cases: CaseRepository
  subjects: CaseSubjects
  people: PeopleRepository
  accounts: {
    staff(parkId: string): Promise<{ _id: string; staff: StaffRole | null; suspendedAt: Date | null }[]>
  }
  memberships: { of(personId: string): Promise<Membership[]> }
  outbox: Outbox
  audit: Audit
}

/** One who can hold cases. */
export interface Colleague {
  person: PersonRow
  staff: StaffRole
}

export type Assigned =
  | { ok: true }
  /** It is decided; `nobody`: no such member of staff; `own`: the case is about him or where he belongs. */
  | { ok: false; reason: 'decided' | 'nobody' | 'own' }

export interface AssigningService {
  /** The park's staff who can be given a case, the longest there first. */
  colleagues(parkId: string): Promise<Colleague[]>
  /**
   * Gives a case to a member of staff, or to nobody. Who gets it from somebody else is told by mail, in his language.
   * @throws {NotFound} for a case that there is not.
   */
  assign(by: Person, park: ParkContext, id: string, to: string | null, name: ShownText | null): Promise<Assigned>
}

export function assigningService(deps: AssigningDeps): AssigningService {
  const { db, cases, subjects, people, accounts, memberships, outbox, audit, translate, publicUrl, onMail } = deps

  async function colleagues(parkId: string): Promise<Colleague[]> {
    const rows = (await accounts.staff(parkId)).filter(({ suspendedAt }) => suspendedAt === null)
    const persons = await people.byIds(rows.map(({ _id }) => _id))
    return rows.flatMap(({ _id, staff }) => {
      const person = persons.find((one) => one._id === _id)
      return person && staff ? [{ person, staff }] : []
    })
  }

  /** Nobody holds a case that he may not decide. */
  async function mayDecide(entry: CaseRow, { person, staff }: Colleague): Promise<boolean> {
    const open = await subjects[entry.kind].open(entry)
    const actor = {
      kind: 'person',
      personId: person._id,
      memberships: await memberships.of(person._id),
      staff,
    } as const
    const { _id: id, personId, recordId } = entry
    return can(actor, 'case:decide', { type: 'case', id, personId, organisation: open?.organisation ?? recordId })
  }

  function mailTo({ lang }: PersonRow, entry: CaseRow, park: ParkContext, name: ShownText | null) {
    const t = translate(lang)
    const words = { name: name?.text ?? t('curation.gone.name'), park: pickText(park.name, lang)?.text ?? '' }
    const link = publicUrl + pathTo('admin.case', lang, { case: entry._id })
    return { subject: t('queue.mail.subject', words), text: t('queue.mail.text', { ...words, link }) }
  }

  return {
    colleagues,
    assign: async (by, park, id, to, name) => {
      const entry = await cases.byId(id)
      if (entry?.parkId !== park.id) throw new NotFound('case', id)
      if (entry.state !== 'open') return { ok: false, reason: 'decided' }
      if (entry.assignedTo === to) return { ok: true }
      const holder = (await colleagues(park.id)).find(({ person }) => person._id === to)
      if (to !== null && !holder) return { ok: false, reason: 'nobody' }
      if (holder && !(await mayDecide(entry, holder))) return { ok: false, reason: 'own' }
      const assigned = await inTransaction(db, async (session) => {
        if (!(await cases.assign(id, to, session))) return false
        const event = { parkId: park.id, by: by.personId, type: 'case' as const, recordId: id }
        const details = { kind: entry.kind, ...(to && { to }) }
        await audit.record({ ...event, action: to ? 'case.assign' : 'case.release', details }, session)
        if (holder?.person.email && to !== by.personId) {
          const { _id: personId, email } = holder.person
          const mail = mailTo(holder.person, entry, park, name)
          await outbox.enqueue({ parkId: park.id, personId, to: email, ...mail }, session)
        }
        return true
      })
      if (!assigned) return { ok: false, reason: 'decided' }
      onMail()
      return { ok: true }
    },
  }
}
