import type { Connection } from 'mongoose'
import { type Clock, type PlainDate, plainDateIn } from '../../../kernel/clock.js'
import { Conflict } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import { pathTo } from '../../../kernel/routes.js'
import { inTransaction } from '../../../platform/db/connection.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import type { Mailing } from '../../../platform/mail/mailing.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { CaseRepository } from '../../curation/index.js'
import type { SummaryRepository, SummaryRow } from '../../summaries/index.js'
import { type TellingDeps, tellOwners } from '../acts/acts.mail.js'
import { daysAfter } from '../days.rules.js'
import { noteReminder } from './reminders.model.js'

export interface ExpiryDeps extends TellingDeps, Mailing {
  db: Connection
  summaries: SummaryRepository
  change: Change
  cases: CaseRepository
  clock: Clock
}

/** So many days before, the owners are reminded. */
const REMINDED_DAYS = [7, 30] as const
const BY = 'system:expiry'

/**
 * Reminds owners, puts before the curators what nobody confirms, and withholds what was not confirmed in time; run every
 * hour. Returns how many expired.
 */
export async function expireListings(deps: ExpiryDeps, park: ParkContext): Promise<number> {
  const { summaries, clock } = deps
  const today = plainDateIn(clock(), park.timeZone)
  const failures: unknown[] = []
  let expired = 0
  const soon = { expires: { to: daysAfter(today, Math.max(...REMINDED_DAYS)) } }
  const dimensions = { standing: ['public', 'unlisted'] as const }
  for await (const row of summaries.each(park.id, { ...soon, dimensions })) {
    try {
      const day = row.expiresOn
      if (day === null) continue
      if (day < today) {
        await expire(deps, park, row)
        expired++
      } else await remind(deps, park, row, { day, today })
    } catch (error) {
      // What somebody has changed at this very moment is left to the next run.
      if (!(error instanceof Conflict)) failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} listings failed`)
  return expired
}

async function expire(deps: ExpiryDeps, park: ParkContext, row: SummaryRow): Promise<void> {
  await deps.change({
    ...{ parkId: park.id, type: row.type, by: BY, why: `not confirmed until ${row.expiresOn}`, action: 'expire' },
    edits: [
      { id: row._id, expect: row.version, set: { withheld: { kind: 'expired', since: deps.clock(), notice: null } } },
    ],
    alongside: async (session, [record]) => {
      await tellOwners(deps, mailOf(row, park, 'expired'), session)
      await deps.cases.submit(caseOf(row, record?.version ?? row.version), session)
    },
  })
  deps.onMail()
}

async function remind(
  deps: ExpiryDeps,
  park: ParkContext,
  row: SummaryRow,
  { day, today }: { day: PlainDate; today: PlainDate },
): Promise<void> {
  const stage = REMINDED_DAYS.find((days) => day <= daysAfter(today, days))
  if (stage === undefined) return
  const sent = await inTransaction(deps.db, async (session) => {
    if (!(await noteReminder(deps.db, `${row._id}|${day}|${stage}`, deps.clock(), session))) return false
    const told = await tellOwners(deps, mailOf(row, park, 'expiring'), session)
    // Where nobody was reminded, or a week is left, it is for the curators.
    if (told === 0 || stage === REMINDED_DAYS[0]) await deps.cases.submit(caseOf(row, row.version), session)
    return told > 0
  })
  if (sent) deps.onMail()
}

const caseOf = ({ _id, parkId, type }: SummaryRow, version: number) =>
  ({ parkId, kind: 'expiry', type, recordId: _id, subjectId: null, version, personId: null }) as const

const mailOf = ({ _id, name, expiresOn }: SummaryRow, park: ParkContext, kind: 'expiring' | 'expired') => ({
  ...{ organisation: _id, park, name, kind },
  params: (lang: 'vi' | 'en') => ({ date: expiresOn ? formatDate(lang, expiresOn, park.timeZone) : '' }),
  path: (lang: 'vi' | 'en') => pathTo('organisations.show', lang, { organisation: _id }),
})
