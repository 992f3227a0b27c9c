import type { ClientSession } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import type { DataSubject, PersonalDataSource } from '../../platform/personal-data.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordErasure } from '../../platform/records/erasure.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { CaseRepository } from '../curation/index.js'
import { erasedEdit, isErased } from './needs.erasure.js'
import type { NeedContent } from './needs.schemas.js'
import type { NeedRecord } from './needs.search.js'
import type { OnNeedEnd } from './own-needs.service.js'

export interface NeedDataDeps {
  change: Change
  records: RecordRepository
  erasure: RecordErasure
  cases: CaseRepository
  clock: Clock
  onEnd: OnNeedEnd
}

export interface NeedData extends PersonalDataSource {
  /** Ends the needs that are somebody's own and takes their words away, everywhere; those of a business stay as they are. */
  eraseOwn(subject: DataSubject, session: ClientSession): Promise<void>
}

/** The needs somebody has posted. Those of a business are the business's: they stay, and name him no more. */
export function needData({ change, records, erasure, cases, clock, onEnd }: NeedDataDeps): NeedData {
  const of = async ({ parkId, personId }: DataSubject) =>
    (await records.ownedBy<NeedContent>('need', parkId, personId)).filter((need) => !isErased(need))

  async function eraseOwn(subject: DataSubject, session: ClientSession): Promise<void> {
    const own = (await of(subject)).filter((need) => !businessOf(need))
    await change<NeedContent>({
      ...{ parkId: subject.parkId, type: 'need', by: subject.personId, why: 'erased at its owner’s word' },
      edits: own.map((need) => erasedEdit(need, clock())),
      within: session,
      alongside: async (_, emptied) => {
        for (const need of emptied) await erasure.eraseHistory(need, session)
      },
    })
    for (const need of own) {
      await cases.endAll(need.id, subject.personId, session)
      await onEnd(need, session)
    }
  }

  return {
    name: 'needs',
    // What is a business's was perhaps written by others: of those, only what stands there now.
    exportFor: async (subject) =>
      Promise.all(
        (await of(subject)).map(async (need) => ({
          ...exported(need),
          earlier: businessOf(need) ? [] : await erasure.historyOf(need),
        })),
      ),
    eraseOwn,
    erase: async (subject, session) => {
      await eraseOwn(subject, session)
      const shared = (await of(subject)).filter(businessOf)
      await change<NeedContent>({
        ...{ parkId: subject.parkId, type: 'need', by: subject.personId, why: 'its poster was erased' },
        edits: shared.map(({ id, version }) => ({ id, expect: version, set: { ownerId: null } })),
        within: session,
      })
    },
  }
}

const businessOf = ({ published, working }: NeedRecord) => (published ?? working)?.business

const exported = ({
  id,
  slug,
  status,
  published,
  working,
  createdAt,
  updatedAt,
  publishedAt,
  archivedAt,
}: NeedRecord) => ({
  ...{ id, slug, status, createdAt, updatedAt, publishedAt, archivedAt, published, working },
})
