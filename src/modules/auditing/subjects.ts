import type { RouteName, RouteParams } from '../../kernel/routes.js'
import type { Lang, ShownText } from '../../kernel/text.js'
import type { AuditRow } from '../../platform/records/record.model.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { RECORD_TYPES } from '../../platform/records/record.types.js'
import type { AccountRepository } from '../accounts/index.js'
import type { PeopleRepository } from '../people/index.js'
import { nameOf } from '../reviewing/index.js'

export interface SubjectDeps {
  records: Pick<RecordRepository, 'byIds'>
  people: Pick<PeopleRepository, 'byIds'>
  accounts: Pick<AccountRepository, 'staff' | 'byIds'>
}

/** What the ids of some entries stand for. */
export interface Subjects {
  /** Names of the park's own people. Whoever else it is stays an id: the log is no place to look people up. */
  staff: ReadonlyMap<string, string>
  /** Ids of people who sign in, who have a page. */
  holders: ReadonlySet<string>
  /** Names of firms, businesses and needs. */
  names: ReadonlyMap<string, ShownText>
  /** The address of a need goes by its words. */
  slugs: ReadonlyMap<string, string>
}

type Named = Parameters<typeof nameOf>[0]

export async function staffNames({ accounts, people }: SubjectDeps, parkId: string): Promise<Map<string, string>> {
  const staff = await accounts.staff(parkId)
  const persons = await people.byIds(staff.map(({ _id }) => _id))
  return new Map(persons.map(({ _id, name, email }) => [_id, name ?? email ?? _id]))
}

export async function subjectsOf(deps: SubjectDeps, parkId: string, entries: readonly AuditRow[], lang: Lang) {
  const ids = (type: string) => [...new Set(entries.filter((one) => one.type === type).map((one) => one.recordId))]
  const organisations = ids('membership')
  const [staff, accounts, ...records] = await Promise.all([
    staffNames(deps, parkId),
    deps.accounts.byIds(ids('person')),
    ...RECORD_TYPES.map((type) =>
      deps.records.byIds<Named>(type, [...ids(type), ...(type === 'need' ? [] : organisations)]),
    ),
  ])
  const named = records.flat().flatMap((record) => {
    const content = record.published ?? record.working
    return content ? [[record.id, nameOf(content, lang)] as const] : []
  })
  return {
    staff,
    holders: new Set(accounts.map(({ _id }) => _id)),
    names: new Map(named),
    slugs: new Map(records.flat().map(({ id, slug }) => [id, slug])),
  } satisfies Subjects
}

/** The page of what an entry is about; null where there is none. */
export function pageOfSubject(
  { type, recordId }: Pick<AuditRow, 'type' | 'recordId'>,
  { holders, slugs }: Subjects,
): [RouteName, RouteParams] | null {
  const slug = slugs.get(recordId)
  switch (type) {
    case 'provider':
    case 'business':
    case 'membership':
      return slug === undefined ? null : ['organisations.show', { organisation: recordId }]
    case 'need':
      return slug === undefined ? null : ['needs.show', { slug }]
    case 'person':
      return holders.has(recordId) ? ['admin.person', { person: recordId }] : null
    case 'case':
      return ['admin.case', { case: recordId }]
    case 'introduction':
      return ['introductions.show', { introduction: recordId }]
    case 'request':
      return ['admin.request', { request: recordId }]
    default:
      return null
  }
}
