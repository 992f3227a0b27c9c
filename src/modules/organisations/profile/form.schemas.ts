import type { Request } from 'express'
import { CSRF_FIELD } from '../../../platform/http/csrf.js'
import { type FormTree, toTree } from '../forms/tree.rules.js'

/** A form of the profile as it was sent: its fields, and what it carries beside them. */
export interface SentForm {
  tree: FormTree
  /** Mark of what it was begun with; empty for an item that is new. */
  seen: string
  /** Which of its buttons was pressed; empty for the one that saves. */
  act: string
}

export function readSent(req: Request): SentForm {
  const { [CSRF_FIELD]: _, seen, act, ...fields } = req.body as Record<string, unknown>
  return { tree: toTree(fields), seen: word(seen), act: word(act) }
}

const word = (value: unknown) => (typeof value === 'string' && /^[\w-]{1,40}$/.test(value) ? value : '')
