import { type Lang, pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { BusinessProfile } from '../businesses/index.js'
import type { CaseRow } from '../curation/index.js'
import type { NeedContent } from '../needs/index.js'
import type { PeopleRepository } from '../people/index.js'

export interface WaitDeps {
  records: RecordRepository
  people: PeopleRepository
}

/** Who waits in each case: the business a need is for, a member by name, a guest as one. Never an address. */
export const whoWaits =
  ({ records, people }: WaitDeps) =>
  async (cases: readonly CaseRow[], context: RequestContext): Promise<Map<string, string>> => {
    const ids = cases.filter(({ type }) => type === 'need').map(({ recordId }) => recordId)
    const [needs, persons] = await Promise.all([
      records.byIds<NeedContent>('need', ids),
      people.byIds(cases.flatMap(({ personId }) => personId ?? [])),
    ])
    const businessOf = (id: string) => {
      const need = needs.find((one) => one.id === id)
      return (need?.working ?? need?.published)?.business
    }
    const businesses = await records.byIds<BusinessProfile>(
      'business',
      needs.flatMap(({ id }) => businessOf(id) ?? []),
    )
    return new Map(
      cases.map(({ _id, recordId, personId }) => {
        const business = businesses.find(({ id }) => id === businessOf(recordId))
        const person = persons.find((one) => one._id === personId)
        return [_id, (business && nameIn(business, context.lang)) || personWords(person, context)]
      }),
    )
  }

const nameIn = (
  { published, working }: { published: BusinessProfile | null; working: BusinessProfile | null },
  lang: Lang,
) => pickText((published ?? working)?.name, lang)?.text

function personWords(person: { name: string | null; hasAccount: boolean } | undefined, { t }: RequestContext): string {
  if (!person?.hasAccount) return t('curation.waits.guest')
  return person.name ?? t('curation.waits.member')
}
