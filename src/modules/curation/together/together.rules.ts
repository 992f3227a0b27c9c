import type { CaseActionView } from '../subjects.types.js'
import type { SelectedCase } from './together.service.js'

/** Why a case is not decided with the others. */
export type LeftOut = 'decided' | 'own' | 'gone' | 'unlike'

/** The actions that a case offers to be taken for several at once. */
const actionsOf = ({ view }: SelectedCase): CaseActionView[] => (view?.actions ?? []).filter(({ together }) => together)

function leftOut(one: SelectedCase): LeftOut | null {
  if (one.entry.state !== 'open') return 'decided'
  if (one.own) return 'own'
  return one.view ? null : 'gone'
}

/**
 * The cases that can be decided alike: of the first one's kind, where it offers the action. `actions`: what else there is
 * for them; `action` null: the expected one.
 */
export function alike(cases: readonly SelectedCase[], action: string | null) {
  const possible = cases.filter((one) => leftOut(one) === null && actionsOf(one).length > 0)
  const kind = possible[0]?.entry.kind
  const same = possible.filter(({ entry }) => entry.kind === kind)
  const actions = (same[0] ? actionsOf(same[0]) : []).filter(({ name }) =>
    same.every((one) => actionsOf(one).some((other) => other.name === name)),
  )
  const chosen = actions.find(({ name }) => name === action) ?? actions.find(({ primary }) => primary) ?? actions[0]
  const taken = chosen
    ? same.flatMap((one) => {
        const own = actionsOf(one).find(({ name }) => name === chosen.name)
        return own ? [{ ...one, action: own }] : []
      })
    : []
  const others = cases.filter((one) => !taken.some(({ entry }) => entry._id === one.entry._id))
  return {
    actions,
    chosen: chosen ?? null,
    taken,
    others: others.map((one) => ({ ...one, why: leftOut(one) ?? ('unlike' as const) })),
  }
}
