import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { type CaseRow, saidIn } from '../../curation/index.js'
import { nameOf } from '../names.rules.js'
import type { Organisation } from '../organisation.types.js'
import { completenessView } from '../profile/completeness.views.js'
import { notesOn, notesWithNames } from '../profile/notes.views.js'
import { isAnswered, isUnlisted, listingState } from '../state.rules.js'

const MOST_MISSING = 3

/** View model of `organisations/show.hbs`. */
export function showView(organisation: Organisation, last: CaseRow | null, now: Date, context: RequestContext) {
  const { t, url, lang } = context
  const { record, type, role } = organisation
  const at = { organisation: record.id }
  const name = nameOf(organisation, lang)
  const editable = role === 'owner' || role === 'editor'
  const state = listingState(record, last)
  return {
    title: name.text,
    noindex: true,
    breadcrumbs: {
      links: [{ href: url('organisations.list'), label: t('organisations.list.title') }],
      here: name.text,
    },
    name,
    facts: [t(`organisations.type.${type}`), ...(role ? [t(`organisations.role.${role}`)] : [])],
    state: t(`organisations.state.${state === 'published' && isUnlisted(record) ? 'unlisted' : state}`),
    stateText: t(`organisations.${isUnlisted(record) ? 'unlistedText' : 'stateText'}.${state}`),
    waiting: state !== 'published',
    note: isAnswered(state) && last ? saidIn(last, lang) : null,
    notes: notesWithNames(notesOn(organisation, last), t),
    publicHref: publicHref(organisation, context),
    previewHref: url('organisations.preview', at),
    completeness: completenessView(organisation, context, { most: MOST_MISSING, editable }),
    profileHref: editable ? url('organisations.profile', at) : null,
    places: [
      // Looked after by members alone; the park's staff have their own view of them.
      ...(role && type === 'business' ? [{ href: url('organisations.needs', at), ...place('needs') }] : []),
      ...(role && type === 'provider'
        ? [
            { href: url('organisations.matches', at), ...place('matches') },
            { href: url('organisations.introductions', at), ...place('introductions') },
          ]
        : []),
      { href: url('organisations.members', at), ...place('members') },
    ],
    renewal: editable && record.expiresOn ? renewalView(record, now, context) : null,
    send: editable && (state.endsWith('unsent') || isAnswered(state)),
  }

  function place(key: string) {
    return { label: t(`organisations.places.${key}.label`), text: t(`organisations.places.${key}.text`) }
  }
}

const ASKED_DAYS = 30
const DAY_MS = 24 * 60 * 60_000

/** Asks its people to confirm that it is still true, from a month before its day; null before. */
function renewalView(
  { id, expiresOn, withheld }: Organisation['record'],
  now: Date,
  { t, url, lang, park }: RequestContext,
) {
  if (!expiresOn || withheld?.kind === 'suspended') return null
  if (Date.parse(expiresOn) > now.getTime() + ASKED_DAYS * DAY_MS) return null
  return {
    action: url('organisations.renew', { organisation: id }),
    text: t(withheld ? 'listings.renewal.expired' : 'listings.renewal.due', {
      date: formatDate(lang, expiresOn, park.timeZone),
    }),
  }
}

/** The page everybody sees; null while there is none. */
function publicHref({ type, record }: Organisation, { url }: RequestContext): string | null {
  if (type === 'provider') return record.published ? url('providers.show', { slug: record.slug }) : null
  return record.published?.listed ? url('businesses.show', { slug: record.slug }) : null
}
