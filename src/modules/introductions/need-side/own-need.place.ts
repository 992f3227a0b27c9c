import type { Actor } from '../../../kernel/permissions.js'
import type { RequestContext } from '../../../platform/http/context.js'
import type { NeedRecord } from '../../needs/index.js'
import { contentOf } from '../introductions.parties.js'

/**
 * A need before its owner: a guest by his link, or a member. The pages are the same for both; only their addresses
 * differ, and they are told here.
 */
export interface OwnPlace {
  actor: Actor
  need: NeedRecord
  /** Of a guest's link; null for somebody signed in. */
  key: string | null
  /** A guest's address, and whether his link was mailed there. */
  email: string | null
  mailed: boolean
  page: string
  /** The page with all firms. */
  all: string
  withdraw: string
  /** Where one asks to be told of firms for it; null for who has not read the link in his mail. */
  watch: string | null
  /** Where it is corrected. */
  edit: string
  ask(slug: string): string
  introduction(id: string): string
}

export function guestPlace(
  { actor, need, key, email, mailed }: Pick<OwnPlace, 'actor' | 'need' | 'email' | 'mailed'> & { key: string },
  { url }: RequestContext,
): OwnPlace {
  return {
    ...{ actor, need, key, email, mailed },
    page: url('needs.follow', { key }),
    all: `${url('needs.follow', { key }, { all: 1 })}#firms`,
    watch: actor.kind === 'guest' && actor.proved ? url('needs.watch', { key }) : null,
    withdraw: url('needs.withdraw', { key }),
    edit: url('needs.edit', { key }),
    ask: (slug) => url('needs.ask', { key, slug }),
    introduction: (introduction) => url('needs.introduction', { key, introduction }),
  }
}

export function memberPlace(need: NeedRecord, { actor, url }: RequestContext): OwnPlace {
  const page = (all?: 1) => memberNeedAddress(need, actor, url, all)
  return {
    ...{ actor, need, key: null, email: null, mailed: false },
    page: page(),
    all: `${page(1)}#firms`,
    watch: url('alerts.new', {}, { need: need.id }),
    withdraw: url('account.withdraw-need', { need: need.id }),
    edit: url('account.edit-need', { need: need.id }),
    ask: (slug) => url('account.ask', { need: need.id, slug }),
    introduction: (introduction) => url('introductions.show', { introduction }),
  }
}

/** Under the business that a need belongs to; of one's own without a business, under the account. */
export function memberNeedAddress(need: NeedRecord, actor: Actor, url: RequestContext['url'], all?: 1): string {
  const organisation = contentOf(need)?.business
  const member = actor.kind === 'person' && actor.memberships.some((m) => m.organisation === organisation)
  return organisation && member
    ? url('organisations.need', { organisation, need: need.id }, { all })
    : url('account.need', { need: need.id }, { all })
}
