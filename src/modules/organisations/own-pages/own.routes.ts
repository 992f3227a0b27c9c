import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { contextOf } from '../../../platform/http/context.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import { businessView } from '../../businesses/index.js'
import type { CaseRepository } from '../../curation/index.js'
import { providerView } from '../../providers/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import type { OrganisationAccess } from '../access.service.js'
import type { InvitationRepository } from '../invitations/invitations.repository.js'
import { contentOf, type Organisation } from '../organisation.types.js'
import { LISTING_CASES } from '../state.rules.js'
import { listView } from './list.views.js'
import { previewFrame } from './preview.views.js'
import { showView } from './show.views.js'

export interface OwnPagesDeps {
  access: OrganisationAccess
  cases: CaseRepository
  invitationRows: InvitationRepository
  taxonomy(): TaxonomyView
  clock: Clock
}

type OwnPages = Record<'organisations.list' | 'organisations.show' | 'organisations.preview', Handler>

/** The firms and businesses somebody belongs to, the place of each, and how visitors would see it. */
export function ownPages({ access, cases, invitationRows, taxonomy, clock }: OwnPagesDeps): OwnPages {
  const lastCase = ({ record }: Organisation) => cases.latest(record.id, LISTING_CASES)
  return {
    'organisations.list': async (_req, res) => {
      const context = contextOf(res)
      const own = await access.mine(personOf(context))
      const withCases = own.map(async (organisation) => ({ organisation, last: await lastCase(organisation) }))
      const invitations = await invitationRows.forAddress(context.park.id, context.viewer?.email ?? '')
      const invited = invitations.map(async (row) => ({ row, organisation: await access.byId(row.organisation) }))
      render(res, 'organisations/list', listView(await Promise.all(withCases), await Promise.all(invited), context))
    },
    'organisations.show': async (req, res) => {
      const context = contextOf(res)
      const organisation = await access.open(context.actor, String(req.params.organisation), 'organisation:read')
      render(res, 'organisations/show', showView(organisation, await lastCase(organisation), clock(), context))
    },
    'organisations.preview': async (req, res) => {
      const context = contextOf(res)
      const organisation = await access.open(context.actor, String(req.params.organisation), 'organisation:read')
      const frame = previewFrame(organisation, context)
      if (organisation.type === 'provider') {
        const record = { ...organisation.record, published: contentOf(organisation.record) }
        const today = plainDateIn(clock(), context.park.timeZone)
        const page = providerView(record, [], { taxonomy: taxonomy(), today, context })
        return render(res, 'organisations/preview-provider', { ...page, ...frame })
      }
      const record = { ...organisation.record, published: contentOf(organisation.record) }
      return render(res, 'organisations/preview-business', {
        ...businessView(record, [], taxonomy(), context),
        ...frame,
      })
    },
  }
}
