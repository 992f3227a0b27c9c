import type { ClientSession } from 'mongoose'
import type { FieldError } from '../../kernel/errors.js'
import type { ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { Person } from '../../platform/http/viewer.js'
import type { Translate } from '../../platform/i18n/translator.js'
import type { FieldChangesView } from '../../platform/views/models/field-changes.js'
import type { FieldView, TypedValues } from '../../platform/views/models/form.js'
import type { CaseRow, CaseState } from './cases.model.js'
import type { Decision } from './cases.repository.js'
import type { CaseKind } from './kinds.rules.js'

/**
 * What one kind of case is about. The module that sends such cases makes one, and it is handed to the curators' pages, so
 * that these know nothing of firms, needs or claims.
 */
export interface CaseSubject {
  /** What each case is called in the queue: the firm's name, the need's title. One that is gone is left out. */
  names(cases: readonly CaseRow[], context: RequestContext): Promise<ReadonlyMap<string, ShownText>>
  /** Who waits for the decision: an organisation, a member by name, or a guest, never an address. Left out where the name says it. */
  waiting(cases: readonly CaseRow[], context: RequestContext): Promise<ReadonlyMap<string, string>>
  /** What is to be decided as it stands now; null when nothing is left to decide. */
  open(entry: CaseRow): Promise<OpenCase | null>
}

export type CaseSubjects = Readonly<Record<CaseKind, CaseSubject>>

/** A case that waits, with what it is about. */
export interface OpenCase {
  /** The firm or business it is about: none of its own people decides it. */
  organisation: string | null
  /** Version of what is looked at; a decision counts only for the version that was on the screen. Null where none is. */
  version: number | null
  view(context: RequestContext, form: CaseForm): CaseView | Promise<CaseView>
  decide(order: Order): Promise<Decided>
}

/** The form as it was sent, when it has to be shown again. */
export interface CaseForm {
  typed: TypedValues
  errors: readonly FieldError[]
}

export interface CaseView {
  name: ShownText
  /** What the curator is asked, in a sentence or two. */
  ask: string
  /** Where everybody sees it, when it is public already. */
  publicHref: string | null
  sections: CaseSection[]
  actions: CaseActionView[]
  /** Where a curator puts it right himself before he approves, the likeliest first; left out where he cannot. */
  edits?: readonly { href: string; label: string }[]
}

/** A part of the case; what there is none of is empty. */
export interface CaseSection {
  heading: string
  /** Long texts in the words of whoever wrote them. */
  quotes: ShownText[]
  pairs: { label: string; values: readonly ShownText[]; note?: FieldView | null }[]
  /** Fields that differ: what everybody sees today, and what is asked for. */
  changes: FieldChangesView | null
  links: { href: string; label: string }[]
  /** Where notes are written at what is quoted. */
  notes?: readonly FieldView[]
}

/** One way to decide, a form of its own. */
export interface CaseActionView {
  /** Comes back in `Order.action`. */
  name: string
  heading: string
  /** What it leads to. */
  hint: string
  submit: string
  fields: FieldView[]
  /** Fields that are seldom wanted, behind a click. */
  more?: { label: string; fields: readonly FieldView[] }
  /** The one that is expected. */
  primary: boolean
  /** Offered for several like cases at once, with these of its fields asked for, once for all; left out: one case at a time. */
  together?: readonly string[] | undefined
}

/** What the curator has decided. */
export interface Order {
  /** Opaque id of the curator. */
  by: string
  actor: Person
  parkId: string
  action: string
  /** The version on his screen. */
  version: number | null
  typed: TypedValues
  /** Id of the larger act that this is a part of, when several are decided at once; handed on to `change`. */
  batch?: string
  /**
   * Ends the case in the transaction of what it leads to, with audit entry and mail.
   * @throws {AlreadyDecided} when somebody else was faster: the transaction must not go on.
   */
  settle(session: ClientSession, outcome: Settlement): Promise<void>
}

export interface Settlement extends Pick<Decision, 'fieldNotes' | 'reasonId' | 'reason'> {
  state: Exclude<CaseState, 'open'>
  /** What the person who waits is told; kept with the case. */
  note: string | null
  /** What he gets by mail, in his language; null: none. */
  mail: ((t: Translate, lang: 'vi' | 'en') => { subject: string; text: string }) | null
}

export type Decided =
  /** `notice`: key of the words that tell the curator, which are given the name. */
  | { ok: true; notice: string }
  | { ok: false; reason: 'invalid'; errors: FieldError[] }
  /** The record has a newer version than the one on the screen. */
  | { ok: false; reason: 'newer' }
