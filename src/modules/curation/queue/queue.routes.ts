import type { Clock } from '../../../kernel/clock.js'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { CASE_KINDS, type CaseKind, type CaseRow } from '../cases.model.js'
import type { CaseRepository } from '../cases.repository.js'
import type { CaseSubjects } from '../subjects.types.js'
import { queueView } from './queue.views.js'

export interface QueuePageDeps {
  cases: CaseRepository
  subjects: CaseSubjects
  clock: Clock
}

/** What waits for the park's curators, the longest waiting first. */
export function queuePages({ cases, subjects, clock }: QueuePageDeps): Record<'admin.queue', Handler> {
  return {
    'admin.queue': async (req, res) => {
      const context = contextOf(res)
      const waiting = await cases.open(context.park.id)
      const kind = CASE_KINDS.find((one) => one === req.query.kind) ?? null
      const shown = waiting.filter((entry) => kind === null || entry.kind === kind)
      const [names, waits] = await Promise.all([
        ofEach(shown, (kind, some) => subjects[kind].names(some, context)),
        ofEach(shown, (kind, some) => subjects[kind].waiting(some, context)),
      ])
      return render(res, 'admin/queue', queueView({ waiting, shown, kind, names, waits, now: clock() }, context))
    },
  }
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
