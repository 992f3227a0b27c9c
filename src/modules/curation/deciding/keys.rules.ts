import type { CaseActionView } from '../subjects.types.js'

/** Action that takes a case out of the queue when what it was about is no more. */
export const END = 'end'

/** The key that leads to an action's form. */
const KEYS: Readonly<Record<string, string>> = {
  approve: 'a',
  renew: 'a',
  'send-back': 's',
  'edit-and-approve': 'e',
  [END]: 'a',
}

/**
 * Actions with their keys. `sends`: the key sends the form, where there is nothing to fill in and a later decision can take
 * it back; every other leads to its form.
 */
export const keyed = <A extends CaseActionView>(actions: readonly A[]) =>
  actions.map((one) => ({
    ...one,
    key: KEYS[one.name] ?? null,
    sends: one.name === 'approve' && one.together?.length === 0,
  }))
