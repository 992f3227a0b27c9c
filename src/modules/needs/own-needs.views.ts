import type { RequestContext } from '../../platform/http/context.js'
import { NEED_STATUSES } from './needs.schemas.js'
import { shown } from './needs.views.js'
import type { OwnNeedRepository } from './own-needs.repository.js'

/** Somebody's own needs in a line each, the newest first, for the page of his account. */
export const ownNeedLines =
  ({ ownNeeds }: { ownNeeds: OwnNeedRepository }) =>
  async (personId: string, context: RequestContext) => {
    const needs = await ownNeeds.ofPerson(context.park.id, personId)
    return needs.flatMap((need) => {
      const content = need.working ?? need.published
      if (!content) return []
      const status = NEED_STATUSES.find((one) => one === need.status) ?? 'submitted'
      return {
        title: shown(content.title, context),
        state: context.t(`needs.own.${status}`),
        href: context.url('account.need', { need: need.id }),
      }
    })
  }
