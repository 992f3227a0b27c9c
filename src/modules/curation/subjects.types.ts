import type { ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { CaseKind, CaseRow } from './cases.model.js'

/** What one kind of case is about. The module that sends such cases makes one, and it is handed to the curators' pages. */
export interface CaseSubject {
  /** What each case is called in the queue: the firm's name, the need's title. One that is gone is left out. */
  names(cases: readonly CaseRow[], context: RequestContext): Promise<ReadonlyMap<string, ShownText>>
}

export type CaseSubjects = Readonly<Record<CaseKind, CaseSubject>>
