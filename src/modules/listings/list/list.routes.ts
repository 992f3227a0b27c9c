import type { Response } from 'express'
import { z } from 'zod'
import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { phone, webAddress } from '../../../kernel/fields.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { SummaryRepository } from '../../summaries/index.js'
import { confirmedUntil } from '../acts/acts.rules.js'
import type { ListingActs } from '../acts/acts.service.js'
import type { FindListing } from '../find-listing.js'
import type { Listing } from '../listing.types.js'
import { LIST_QUERY, type ListState, toFilter, toParams } from './list.query.js'
import { listView, type OpenRow } from './list.views.js'
import type { QuickEdit } from './quick.service.js'

export interface ListPagesDeps {
  summaries: SummaryRepository
  find: FindListing
  acts: ListingActs
  quick: QuickEdit
  clock: Clock
}

const PAGE_SIZE = 50

const quickForm = z.object({
  act: z.enum(['save', 'feature', 'unfeature', 'renew', 'resume'], 'choice'),
  version: z
    .string()
    .regex(/^\d{1,9}$/, 'required')
    .transform(Number),
  phone: phone.optional(),
  website: webAddress.optional(),
})

/** All listings, narrowed down and put in order by the address, with small corrections in the list itself. */
export function listPages(deps: ListPagesDeps): Record<'admin.listings' | 'admin.listing-quick', Handler> {
  const { summaries, find, acts, quick, clock } = deps
  const today = (res: Response) => plainDateIn(clock(), contextOf(res).park.timeZone)

  const show = async (res: Response, state: ListState, open: OpenRow | null, status = 200) => {
    const context = contextOf(res)
    const { sort, page } = state
    const found = await summaries.find(context.park.id, toFilter(state, today(res)), { sort, page, size: PAGE_SIZE })
    render(res, 'admin/listings', listView({ state, ...found, open }, context), { status })
  }

  const open = async (res: Response, id: string): Promise<Listing> => {
    const context = contextOf(res)
    return find(personOf(context), context.park.id, id)
  }

  return {
    'admin.listings': async (req, res) => {
      const state = readPageQuery(LIST_QUERY, req)
      const listing = state.edit ? await open(res, state.edit).catch(() => null) : null
      return show(res, state, listing && { listing, typed: contactsOf(listing), errors: [], warning: null })
    },
    'admin.listing-quick': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.listing)
      const state = { ...readPageQuery(LIST_QUERY, req), edit: id }
      const listing = await open(res, id)
      const form = readForm(quickForm, req)
      const typed = req.body as OpenRow['typed']
      if (!form.ok) return show(res, state, { listing, typed, errors: form.errors, warning: null }, 422)
      const { act, version, ...contacts } = form.value
      const person = personOf(context)
      const result =
        act === 'save'
          ? await quick(person, context.park, id, { version, contacts })
          : await acts(person, context.park, id, {
              ...{ act, version, why: '', notice: null, place: null },
              until: confirmedUntil(today(res), context.park),
            })
      if (!result.ok) {
        const warning = context.t(`listings.refused.${result.reason}`)
        return show(res, state, { listing: await open(res, id), typed, errors: [], warning }, 409)
      }
      giveNotice(req, act === 'save' ? 'listings.saved' : `listings.acts.${act}.done`)
      return res.redirect(
        303,
        `${context.url('admin.listings', {}, toParams({ ...state, edit: undefined }))}#row-${id}`,
      )
    },
  }
}

/** What stands in the small form. */
function contactsOf({ record }: Listing): OpenRow['typed'] {
  const content = record.published ?? record.working
  if (!content || !('contacts' in content)) return {}
  const { phone: tel, website } = content.contacts
  return { ...(tel && { phone: tel.value }), ...(website && { website: website.value }) }
}
