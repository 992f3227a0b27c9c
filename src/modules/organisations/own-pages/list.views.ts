import type { RequestContext } from '../../../platform/http/context.js'
import { type CaseRow, saidIn } from '../../curation/index.js'
import type { InvitationRow } from '../invitations/invitations.model.js'
import { nameOf } from '../names.rules.js'
import type { Organisation } from '../organisation.types.js'
import { isAnswered, isUnlisted, listingState } from '../state.rules.js'

export interface OwnOrganisation {
  organisation: Organisation
  last: CaseRow | null
}

/** An invitation to somebody's address that he may accept; `organisation` is null when that is no more. */
export interface InvitedTo {
  row: InvitationRow
  organisation: Organisation | null
}

/** View model of `organisations/list.hbs`. */
export function listView(
  own: readonly OwnOrganisation[],
  invited: readonly InvitedTo[],
  { t, url, lang }: RequestContext,
) {
  return {
    title: t('organisations.list.title'),
    noindex: true,
    rows: own.map(({ organisation, last }) => {
      const { record, type, role } = organisation
      const state = listingState(record, last)
      const at = { organisation: record.id }
      return {
        href: url('organisations.show', at),
        name: nameOf(organisation, lang),
        facts: [t(`organisations.type.${type}`), t(`organisations.role.${role ?? 'viewer'}`)],
        state: t(`organisations.state.${state === 'published' && isUnlisted(record) ? 'unlisted' : state}`),
        waiting: state !== 'published',
        note: isAnswered(state) && last ? saidIn(last, lang) : null,
        next: nextStep(state, role !== 'viewer') && {
          href: url('organisations.show', at),
          label: t(`organisations.next.${nextStep(state, role !== 'viewer')}`),
        },
      }
    }),
    invitations: invited.flatMap(({ row, organisation }) =>
      organisation
        ? [
            {
              name: nameOf(organisation, lang),
              role: t(`organisations.members.does.${row.role}`),
              action: url('invitations.join', { invitation: row._id }),
            },
          ]
        : [],
    ),
    ways: [
      { ...way('claim'), href: url('providers.list') },
      { ...way('provider'), href: url('organisations.new', {}, { kind: 'provider' }) },
      { ...way('business'), href: url('organisations.new', {}, { kind: 'business' }) },
    ],
  }

  function way(name: string) {
    return {
      title: t(`organisations.ways.${name}.title`),
      text: t(`organisations.ways.${name}.text`),
      label: t(`organisations.ways.${name}.action`),
    }
  }
}

function nextStep(state: ReturnType<typeof listingState>, edits: boolean): 'send' | 'answer' | null {
  if (!edits) return null
  if (isAnswered(state)) return 'answer'
  return state.endsWith('unsent') ? 'send' : null
}
