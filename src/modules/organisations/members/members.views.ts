import { MEMBER_ROLES } from '../../../kernel/permissions.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { errorSummaryView, fieldView } from '../../../platform/views/models/form.js'
import type { PersonRow } from '../../people/index.js'
import type { FormState } from '../forms/parts.views.js'
import type { InvitationRow } from '../invitations/invitations.model.js'
import type { MembershipRow } from '../memberships.model.js'
import { nameOf } from '../names.rules.js'
import type { Organisation } from '../organisation.types.js'

export interface MembersPage extends FormState {
  organisation: Organisation
  members: readonly MembershipRow[]
  people: readonly PersonRow[]
  invitations: readonly InvitationRow[]
  now: Date
}

/** View model of `organisations/members.hbs`. */
export function membersView(page: MembersPage, context: RequestContext) {
  const { t, url, lang, viewer } = context
  const { organisation, members } = page
  const { record, role } = organisation
  const at = { organisation: record.id }
  const manages = role === 'owner'
  const owners = members.filter((member) => member.role === 'owner').length
  const name = nameOf(organisation, lang).text
  const fields = manages ? inviteFields(page, context) : []
  return {
    title: t('organisations.members.title'),
    noindex: true,
    breadcrumbs: {
      links: [
        { href: url('organisations.list'), label: t('organisations.list.title') },
        { href: url('organisations.show', at), label: name },
      ],
      here: t('organisations.members.title'),
    },
    lead: t(manages ? 'organisations.members.lead' : 'organisations.members.leadOthers'),
    members: members.map((member) => {
      const person = page.people.find(({ _id }) => _id === member.personId)
      const self = member.personId === viewer?.personId
      const isLast = member.role === 'owner' && owners === 1
      return {
        name: person?.name ?? person?.email ?? t('organisations.members.unknown'),
        email: manages && person?.name ? person.email : null,
        self,
        role: t(`organisations.members.role.${member.role}`),
        since: since(member, context),
        lastOwner: manages && isLast ? t('organisations.members.lastOwner') : null,
        form:
          manages && !isLast
            ? {
                action: url('organisations.member', { ...at, person: member.personId }),
                role: roleField(`role-${member.personId}`, member.role, context),
                removes: !self,
              }
            : null,
      }
    }),
    invite: manages
      ? {
          action: url('organisations.invite', at),
          errors: errorSummaryView(fields, page.errors, t),
          fields,
          text: t('organisations.members.inviteText'),
        }
      : null,
    invitations: page.invitations.map((invitation) => ({
      email: invitation.email,
      role: t(`organisations.members.role.${invitation.role}`),
      until:
        invitation.expiresAt > page.now
          ? t('organisations.members.waits', { date: formatDate(lang, invitation.expiresAt, context.park.timeZone) })
          : t('organisations.members.expired'),
      action: url('organisations.invitation', { ...at, invitation: invitation._id }),
    })),
    leave: role
      ? {
          action: url('organisations.leave', at),
          text: t(
            role === 'owner' && owners === 1 ? 'organisations.members.lastOwner' : 'organisations.members.leaveText',
          ),
          can: !(role === 'owner' && owners === 1),
        }
      : null,
  }
}

const since = ({ since: day }: MembershipRow, { t, lang, park }: RequestContext) =>
  t('organisations.members.since', { date: formatDate(lang, day, park.timeZone) })

/** The roles to choose from, each with what it may do. */
function roleField(id: string, chosen: string, { t }: RequestContext) {
  const options = MEMBER_ROLES.map((role) => ({ value: role, label: t(`organisations.members.does.${role}`) }))
  const field = fieldView(
    { name: 'role', label: t('organisations.members.roleLabel'), type: 'select', options },
    { role: chosen },
    [],
    t,
  )
  return { ...field, id }
}

function inviteFields({ typed, errors }: FormState, { t }: RequestContext) {
  const options = MEMBER_ROLES.map((role) => ({ value: role, label: t(`organisations.members.does.${role}`) }))
  return [
    fieldView(
      { name: 'email', label: t('organisations.members.email'), type: 'email', maxlength: 254, autocomplete: 'off' },
      typed,
      errors,
      t,
    ),
    fieldView(
      { name: 'role', label: t('organisations.members.roleLabel'), type: 'choices', options },
      { role: 'editor', ...typed },
      errors,
      t,
    ),
  ]
}
