import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { publicNameOf } from '../names.rules.js'
import type { Organisation } from '../organisation.types.js'
import { maskedAddress } from './address.rules.js'
import type { InvitationRow } from './invitations.model.js'

export interface ShownInvitation {
  row: InvitationRow
  organisation: Organisation
  /** What the inviter is called; null when he is no more. */
  inviter: string | null
  /** The mailed key. */
  key: string
}

/** View model of `organisations/invitation.hbs`: who asks whom to what, and how to accept. */
export function invitationView({ row, organisation, inviter, key }: ShownInvitation, context: RequestContext) {
  const { t, url, lang, actor, viewer, park } = context
  const name = publicNameOf(organisation, lang)
  const signedIn = actor.kind === 'person' && viewer !== null
  const fits = signedIn && viewer.email === row.email
  return {
    title: t('organisations.invitation.title', { name: name.text }),
    noindex: true,
    heading: t('organisations.invitation.heading', { name: name.text }),
    lead: inviter ? t('organisations.invitation.by', { inviter }) : t('organisations.invitation.byNobody'),
    role: t(`organisations.members.does.${row.role}`),
    until: t('organisations.invitation.until', { date: formatDate(lang, row.expiresAt, park.timeZone) }),
    acceptAction: fits ? url('invitations.accept', { key }) : null,
    other:
      signedIn && !fits
        ? t('organisations.invitation.other', { own: viewer.email, invited: maskedAddress(row.email) })
        : null,
    ways: signedIn
      ? []
      : [
          {
            href: url('accounts.sign-in', {}, { next: url('invitations.show', { key }) }),
            label: t('organisations.invitation.signIn'),
            primary: true,
          },
          // The key itself goes no further: after signing up the invitation waits in the list.
          {
            href: url('accounts.sign-up', {}, { next: url('organisations.list') }),
            label: t('organisations.invitation.signUp'),
            primary: true,
          },
        ],
    address: signedIn ? null : t('organisations.invitation.address', { invited: maskedAddress(row.email) }),
  }
}

/** View model of `organisations/invitation-gone.hbs`. */
export function goneView({ t, url, actor }: RequestContext) {
  return {
    title: t('organisations.invitation.gone'),
    noindex: true,
    text: t('organisations.invitation.goneText'),
    listHref: actor.kind === 'person' ? url('organisations.list') : null,
  }
}
