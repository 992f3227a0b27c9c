import type { Request, Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { PeopleRepository } from '../../people/index.js'
import type { OrganisationAccess } from '../access.service.js'
import type { FormState } from '../forms/parts.views.js'
import type { InvitationsService } from '../invitations/invitations.service.js'
import type { MembershipRepository } from '../memberships.repository.js'
import { invitationForm, inviteForm, memberForm } from './members.schemas.js'
import type { MembersService } from './members.service.js'
import { membersView } from './members.views.js'

export interface MembersPagesDeps {
  access: OrganisationAccess
  memberships: MembershipRepository
  people: PeopleRepository
  members: MembersService
  invitations: InvitationsService
  clock: Clock
}

type MembersPages = Record<
  | 'organisations.members'
  | 'organisations.invite'
  | 'organisations.member'
  | 'organisations.leave'
  | 'organisations.invitation',
  Handler
>

/** Who belongs to an organisation, who is invited, and what its owners may do about it. */
export function membersPages(deps: MembersPagesDeps): MembersPages {
  const { access, memberships, people, members, invitations, clock } = deps

  const show = async (req: Request, res: Response, form: FormState, status = 200) => {
    const context = contextOf(res)
    const organisation = await access.open(context.actor, idOf(req), 'organisation:read')
    const rows = await memberships.members(organisation.record.id)
    const view = membersView(
      {
        ...{ organisation, members: rows, now: clock(), ...form },
        people: await people.byIds(rows.map(({ personId }) => personId)),
        invitations: organisation.role === 'owner' ? await invitations.of(personOf(context), idOf(req)) : [],
      },
      context,
    )
    render(res, 'organisations/members', view, { status })
  }

  const back = (req: Request, res: Response, notice: string, params?: Record<string, string>) => {
    giveNotice(req, notice, params)
    res.redirect(303, contextOf(res).url('organisations.members', { organisation: idOf(req) }))
  }

  return {
    'organisations.members': (req, res) => show(req, res, { typed: {}, errors: [] }),
    'organisations.invite': async (req, res) => {
      const context = contextOf(res)
      await access.open(context.actor, idOf(req), 'organisation:manage')
      const form = readForm(inviteForm, req)
      if (!form.ok) return show(req, res, { typed: req.body, errors: form.errors }, 422)
      const result = await invitations.invite(personOf(context), context.park, idOf(req), form.value)
      if (result.ok) return back(req, res, 'organisations.members.invited', { email: form.value.email })
      return show(req, res, { typed: req.body, errors: [{ field: 'email', code: INVITE_CODES[result.reason] }] }, 422)
    },
    'organisations.member': async (req, res) => {
      const context = contextOf(res)
      await access.open(context.actor, idOf(req), 'organisation:manage')
      const form = readForm(memberForm, req)
      if (!form.ok) return show(req, res, { typed: {}, errors: [] }, 422)
      const person = personOf(context)
      const member = String(req.params.person)
      const { value } = form
      const result =
        value.act === 'role'
          ? await members.changeRole(person, idOf(req), member, value.role)
          : await members.remove(person, idOf(req), member)
      if (!result.ok) return back(req, res, `organisations.members.${result.reason}`)
      return back(req, res, `organisations.members.done-${value.act}`)
    },
    'organisations.leave': async (req, res) => {
      const context = contextOf(res)
      const result = await members.leave(personOf(context), idOf(req))
      if (!result.ok) return back(req, res, `organisations.members.${result.reason}`)
      giveNotice(req, 'organisations.members.left')
      return res.redirect(303, context.url('organisations.list'))
    },
    'organisations.invitation': async (req, res) => {
      const context = contextOf(res)
      await access.open(context.actor, idOf(req), 'organisation:manage')
      const form = readForm(invitationForm, req)
      if (!form.ok) return show(req, res, { typed: {}, errors: [] }, 422)
      const { act } = form.value
      const result = await invitations[act](personOf(context), context.park, idOf(req), String(req.params.invitation))
      return back(req, res, `organisations.members.${result.ok ? `done-${act}` : result.reason}`)
    },
  }
}

const INVITE_CODES = {
  'already-member': 'alreadyMember',
  'already-invited': 'alreadyInvited',
  'too-many': 'tooManyInvitations',
  'too-many-mails': 'tooManyMails',
} as const

const idOf = (req: Request) => String(req.params.organisation)
