import type { FieldError } from '../../kernel/errors.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../platform/views/models/form.js'
import { type ProviderRecord, shownName } from '../providers/index.js'
import { LONGEST_NOTE } from './claims.schemas.js'
import type { Standing } from './claims.types.js'

interface ClaimPage {
  firm: ProviderRecord
  standing: Standing
  typed: TypedValues
  errors: readonly FieldError[]
}

/** View model of `claims/new.hbs`. */
export function claimView({ firm, standing, typed, errors }: ClaimPage, context: RequestContext) {
  const { t, url } = context
  const name = nameOf(firm, context)
  const firmHref = url('providers.show', { slug: firm.slug })
  const free = standing.is === 'free' ? standing : null
  const form = free && claimFields(typed, errors, context)
  return {
    title: t('claims.new.title', { name: name.text }),
    noindex: true,
    breadcrumbs: {
      links: [
        { href: url('providers.list'), label: t('providers.list.title') },
        { href: firmHref, label: name.text },
      ],
      here: t('claims.new.here'),
    },
    name,
    firmHref,
    ownHref: standing.is === 'member' ? url('organisations.show', { organisation: firm.id }) : null,
    lead: leadOf(standing, context),
    mailed: free?.mailed ? t('claims.new.mailed') : null,
    refused: free?.refused ?? null,
    action: url('claims.send', { slug: firm.slug }),
    errors: form && errorSummaryView([form.email, form.note, form.picture], errors, t),
    form,
  }
}

function leadOf(standing: Standing, { t, lang, park }: RequestContext): string {
  if (standing.is !== 'open') return t(`claims.new.lead.${standing.is}`)
  return t('claims.new.lead.open', { date: formatDate(lang, standing.since, park.timeZone) })
}

function claimFields(typed: TypedValues, errors: readonly FieldError[], { t }: RequestContext) {
  const field = (spec: Parameters<typeof fieldView>[0]) => fieldView(spec, typed, errors, t)
  return {
    email: field({
      ...{ name: 'email', type: 'email', maxlength: 254, autocomplete: 'email' },
      label: t('claims.new.email'),
      hint: t('claims.new.emailHint'),
    }),
    note: field({
      ...{ name: 'note', type: 'textarea', maxlength: LONGEST_NOTE },
      label: t('claims.new.note'),
      hint: t('claims.new.noteHint'),
    }),
    picture: field({
      ...{ name: 'picture', type: 'picture', required: false },
      label: t('claims.new.picture'),
      hint: t('claims.new.pictureHint'),
    }),
  }
}

export function nameOf({ published, working, slug }: ProviderRecord, { lang }: RequestContext) {
  const profile = published ?? working
  return profile ? shownName(profile, lang) : { text: slug, lang }
}

/** View model of `claims/unknown-link.hbs`. */
export function unknownClaimView({ t, url }: RequestContext) {
  return { title: t('claims.unknown.title'), noindex: true, listHref: url('providers.list') }
}
