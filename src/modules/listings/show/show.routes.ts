import type { Request, Response } from 'express'
import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery, whole } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { MembershipRepository } from '../../organisations/index.js'
import { type PeopleRepository, whoWas } from '../../people/index.js'
import { readParkFields } from '../../reviewing/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { confirmedUntil, NEED_REASON } from '../acts/acts.rules.js'
import { actForm } from '../acts/acts.schemas.js'
import type { ListingActs } from '../acts/acts.service.js'
import type { FindListing } from '../find-listing.js'
import type { VersionRepository } from '../versions/versions.repository.js'
import { type SentAct, showView } from './show.views.js'

export interface ShowPagesDeps {
  find: FindListing
  acts: ListingActs
  versions: VersionRepository
  memberships: MembershipRepository
  people: PeopleRepository
  taxonomy(): TaxonomyView
  clock: Clock
}

const PAGE_SIZE = 50

const QUERY = { page: whole({ min: 1, max: 100_000, otherwise: 1 }) }

/** One listing: what it says and lacks, where it stands, what may be done, and its versions. */
export function showPages(deps: ShowPagesDeps): Record<'admin.listing' | 'admin.listing-act', Handler> {
  const { find, acts, versions, memberships, people, clock } = deps

  const show = async (
    req: Request,
    res: Response,
    {
      sent = null,
      warning = null,
      status = 200,
    }: { sent?: SentAct | null; warning?: string | null; status?: number } = {},
  ) => {
    const context = contextOf(res)
    const listing = await find(personOf(context), context.park.id, idOf(req))
    const { page } = readPageQuery(QUERY, req)
    const [paged, members] = await Promise.all([
      versions.page(listing.record.id, { last: listing.record.version, page, size: PAGE_SIZE }),
      memberships.members(listing.record.id),
    ])
    const owners = members.filter(({ role }) => role === 'owner').map(({ personId }) => personId)
    const who = await whoWas(people, [...owners, ...paged.lines.map(({ by }) => by)], context.t)
    const today = plainDateIn(clock(), context.park.timeZone)
    const shown = { listing, owners: owners.map(who), ...paged, who, taxonomy: deps.taxonomy(), today, sent, warning }
    render(res, 'admin/listing', showView(shown, context), { status })
  }

  return {
    'admin.listing': (req, res) => show(req, res),
    'admin.listing-act': async (req, res) => {
      const context = contextOf(res)
      await find(personOf(context), context.park.id, idOf(req))
      const typed = req.body as SentAct['typed']
      const form = readForm(actForm, req)
      if (!form.ok) return show(req, res, { sent: { act: String(typed.act), typed, errors: form.errors }, status: 422 })
      const {
        act,
        version,
        why = '',
        until = confirmedUntil(plainDateIn(clock(), context.park.timeZone), context.park),
      } = form.value
      if (NEED_REASON.includes(act) && why === '') {
        const errors = [{ field: 'why', code: 'required' }]
        return show(req, res, { sent: { act, typed, errors }, status: 422 })
      }
      const place = act === 'place' ? readParkFields(form.value, context.park) : null
      if (place && !place.ok) return show(req, res, { sent: { act, typed, errors: place.errors }, status: 422 })
      const { 'notice.vi': vi, 'notice.en': en } = form.value
      const notice = vi || en ? { ...(vi && { vi }), ...(en && { en }) } : null
      const order = { act, version, why, notice, until, place: place?.value ?? null }
      const result = await acts(personOf(context), context.park, idOf(req), order)
      if (!result.ok) {
        const warning = context.t(`listings.refused.${result.reason}`)
        return show(req, res, { sent: { act, typed, errors: [] }, warning, status: 409 })
      }
      giveNotice(req, `listings.acts.${act}.done`)
      return res.redirect(303, context.url('admin.listing', { listing: idOf(req) }))
    },
  }
}

const idOf = (req: Request) => String(req.params.listing)
