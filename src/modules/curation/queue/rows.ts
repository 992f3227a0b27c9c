import type { ShownText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import type { PeopleRepository } from '../../people/index.js'
import type { CaseRow } from '../cases.model.js'
import { CASE_KINDS, type CaseKind } from '../kinds.rules.js'
import type { CaseSubjects } from '../subjects.types.js'

export interface RowDeps {
  subjects: CaseSubjects
  people: PeopleRepository
}

/** A case with what its line says of it. */
export interface NamedCase {
  entry: CaseRow
  /** Null when what it was about is gone. */
  name: ShownText | null
  /** Who waits; empty where the name says it. */
  waits: string
  /** Name of whom it is assigned to; null when nobody has it. */
  holder: string | null
}

/** Reads what a page of cases is called, together for all of one kind. */
export const namedCases =
  ({ subjects, people }: RowDeps) =>
  async (rows: readonly CaseRow[], context: RequestContext): Promise<NamedCase[]> => {
    const [names, waits, holders] = await Promise.all([
      ofEach(rows, (kind, some) => subjects[kind].names(some, context)),
      ofEach(rows, (kind, some) => subjects[kind].waiting(some, context)),
      people.byIds([...new Set(rows.flatMap(({ assignedTo }) => assignedTo ?? []))]),
    ])
    return rows.map((entry) => ({
      entry,
      name: names.get(entry._id) ?? null,
      waits: waits.get(entry._id) ?? '',
      holder: entry.assignedTo && (holders.find(({ _id }) => _id === entry.assignedTo)?.name ?? ''),
    }))
  }

/** What each kind of case tells of those of its own. */
async function ofEach<T>(
  rows: readonly CaseRow[],
  tell: (kind: CaseKind, some: readonly CaseRow[]) => Promise<ReadonlyMap<string, T>>,
): Promise<Map<string, T>> {
  const byKind = CASE_KINDS.map((kind) => [kind, rows.filter((row) => row.kind === kind)] as const)
  const found = await Promise.all(byKind.filter(([, some]) => some.length > 0).map(([kind, some]) => tell(kind, some)))
  return new Map(found.flatMap((one) => [...one]))
}
