import type { Clock } from '../../../kernel/clock.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { CaseRepository } from '../cases.repository.js'
import type { Place } from '../waiting.repository.js'
import { addressOf, filterOf, type QueueView } from './view.rules.js'

/** Where a curator goes on to within his view: the case after this one, or the list when there is no other. */
export const nextHref =
  ({ cases, clock }: { cases: CaseRepository; clock: Clock }) =>
  async (view: QueueView, after: Place | null, context: RequestContext): Promise<string> => {
    const { park, url } = context
    const next = await cases.next(park.id, filterOf(view, personOf(context).personId, clock()), after)
    return next ? url('admin.case', { case: next._id }, addressOf(view)) : url('admin.queue', {}, addressOf(view))
  }
