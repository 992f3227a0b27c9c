import type { Request, Response } from 'express'
import { NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import { type Guessing, refuseDeadLinks } from '../../accounts/index.js'
import type { PeopleRepository } from '../../people/index.js'
import type { OrganisationAccess } from '../access.service.js'
import { goneView, invitationView } from './invitation.views.js'
import type { InvitationRow } from './invitations.model.js'
import type { InvitationRepository } from './invitations.repository.js'
import type { InvitationsService } from './invitations.service.js'

export interface InvitationPagesDeps {
  access: OrganisationAccess
  invitations: InvitationsService
  invitationRows: InvitationRepository
  people: PeopleRepository
  guessing: Guessing
}

/** The page behind a mailed invitation. Looking at it uses nothing up. */
export function invitationPages({
  access,
  invitations,
  invitationRows,
  people,
  guessing,
}: InvitationPagesDeps): Record<'invitations.show' | 'invitations.accept' | 'invitations.join', Handler> {
  const refused = refuseDeadLinks(guessing, 'invitation')
  const show = async (req: Request, res: Response, status = 200) => {
    const context = contextOf(res)
    const key = String(req.params.key)
    const row = await invitationRows.byKey(context.park.id, key)
    const organisation = row && (await access.byId(row.organisation))
    if (!row || !organisation) {
      if (await refused(req, res)) return
      return render(res, 'organisations/invitation-gone', goneView(context), { status: 404 })
    }
    const inviter = await people.byId(row.invitedBy)
    const shown = { row, organisation, key, inviter: inviter?.name ?? inviter?.email ?? null }
    return render(res, 'organisations/invitation', invitationView(shown, context), { status })
  }

  const accept = async (req: Request, res: Response, row: InvitationRow | null) => {
    const context = contextOf(res)
    const result = await invitations.accept(personOf(context), row)
    if (!result.ok) return result.reason
    giveNotice(req, 'organisations.invitation.accepted')
    res.redirect(303, context.url('organisations.show', { organisation: result.organisation }))
    return null
  }

  return {
    'invitations.show': (req, res) => show(req, res),
    'invitations.accept': async (req, res) => {
      const { park } = contextOf(res)
      const refusal = await accept(req, res, await invitationRows.byKey(park.id, String(req.params.key)))
      if (refusal) return show(req, res, 403)
    },
    'invitations.join': async (req, res) => {
      const id = String(req.params.invitation)
      const refusal = await accept(req, res, await invitationRows.byId(id))
      // Whether somebody else is invited is not told.
      if (refusal) throw new NotFound('invitation', id)
    },
  }
}
