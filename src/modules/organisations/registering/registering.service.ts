import { Forbidden } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import { can } from '../../../kernel/permissions.js'
import type { Lang } from '../../../kernel/text.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Change } from '../../../platform/records/change.repository.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { CaseRepository } from '../../curation/index.js'
import type { Lookalike, LookalikeRepository } from '../../duplicates/index.js'
import type { MembershipRepository } from '../memberships.repository.js'
import type { OrganisationType } from '../organisation.types.js'
import { firstProfile } from './new.rules.js'
import type { NewOrganisation } from './new.schemas.js'

export interface RegisteringDeps {
  records: RecordRepository
  lookalikes: LookalikeRepository
  change: Change
  memberships: MembershipRepository
  cases: CaseRepository
  audit: Audit
}

export interface Registration {
  park: ParkContext
  person: Person
  /** Made with the form: sent twice, it is one record. */
  key: string
  wanted: NewOrganisation
  lang: Lang
}

export type RegisteringResult =
  | { ok: true; id: string }
  /** It seems to be there already; a mere namesake may be told apart by who knows it. */
  | { ok: false; reason: 'known'; lookalike: Lookalike }
  /** He has as many waiting for the curators as one person may. */
  | { ok: false; reason: 'too-many-waiting' }

export interface RegisteringService {
  /** Enters a firm or a business with the person as its owner, and puts it before the curators, all at once. */
  register(registration: Registration): Promise<RegisteringResult>
}

const SOURCE = 'member'
/** Of one person, until the curators have seen some of them. */
const MOST_WAITING = 5

export function registeringService(deps: RegisteringDeps): RegisteringService {
  const { records, lookalikes, memberships, cases, change, audit } = deps

  const entered = async (park: ParkContext, type: OrganisationType, externalId: string) =>
    (await records.byExternalIds(park.id, type, SOURCE, [externalId]))[0]?.id

  return {
    register: async ({ park, person, key, wanted, lang }) => {
      if (!can(person, 'organisation:create')) throw new Forbidden('organisation:create')
      const { type, entry } = wanted
      const externalId = `${person.personId}-${key}`
      const there = await entered(park, type, externalId)
      if (there) return { ok: true, id: there }
      if ((await waiting(person)) >= MOST_WAITING) return { ok: false, reason: 'too-many-waiting' }
      const lookalike = await lookalikes.find(park.id, type, { taxCode: entry.taxCode, name: entry.name })
      if (lookalike && !(lookalike.by === 'name' && entry.different)) return { ok: false, reason: 'known', lookalike }
      try {
        return { ok: true, id: await store() }
      } catch (error) {
        // Of two requests at once the unique externalId lets one through.
        const other = await entered(park, type, externalId)
        if (other) return { ok: true, id: other }
        throw error
      }

      async function store(): Promise<string> {
        const { personId } = person
        const [record] = await change({
          parkId: park.id,
          type,
          by: personId,
          why: 'registered by a member',
          edits: [{ source: SOURCE, externalId, slugFrom: entry.name, set: { working: firstProfile(wanted, lang) } }],
          alongside: async (session, [made]) => {
            if (!made) return
            const about = { parkId: park.id, type, recordId: made.id }
            await memberships.put({ parkId: park.id, personId, type, organisation: made.id, role: 'owner' }, session)
            await cases.submit(
              { ...about, kind: 'new-listing', subjectId: null, version: made.version, personId },
              session,
            )
            await audit.record(
              {
                ...{ parkId: park.id, by: personId, action: 'member-added', type: 'membership', recordId: made.id },
                details: { person: personId, role: 'owner' },
              },
              session,
            )
          },
        })
        return record?.id ?? ''
      }
    },
  }

  async function waiting({ memberships: own }: Person): Promise<number> {
    const idsOf = (type: OrganisationType) => own.flatMap((m) => (m.type === type ? [m.organisation] : []))
    const found = await Promise.all([
      records.byIds('provider', idsOf('provider')),
      records.byIds('business', idsOf('business')),
    ])
    return found.flat().filter(({ published, source }) => published === null && source === SOURCE).length
  }
}
