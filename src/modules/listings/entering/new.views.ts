import type { FieldError } from '../../../kernel/errors.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { errorSummaryView, type FieldSpec, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import type { ListingType, SummaryRow } from '../../summaries/index.js'
import { nameIn } from '../list/list.views.js'

interface NewPage {
  type: ListingType
  typed: TypedValues
  errors: readonly FieldError[]
  /** The listing that has this tax code already. */
  known: SummaryRow | null
}

/** View model of `admin/listing-new.hbs`. */
export function newView({ type, typed, errors, known }: NewPage, context: RequestContext) {
  const { t, url } = context
  const label = (name: string) => t(`listings.new.${name}`)
  const specs: FieldSpec[] = [
    { name: 'name', label: label('name'), maxlength: 200 },
    {
      name: 'taxCode',
      label: label('taxCode'),
      hint: label('taxCodeHint'),
      inputmode: 'numeric',
      maxlength: 14,
      required: false,
    },
    ...(type === 'provider' ? firmFields(context) : businessFields(context)),
    {
      name: 'description',
      label: label('description'),
      hint: label('descriptionHint'),
      type: 'textarea',
      maxlength: 20_000,
      required: false,
    },
  ]
  const initial = type === 'provider' ? { status: 'resident' } : { kind: 'enterprise' }
  const fields = specs.map((spec) => fieldView(spec, { ...initial, ...typed }, errors, t))
  const other = type === 'provider' ? 'business' : 'provider'
  return {
    title: t(`listings.new.title.${type}`),
    noindex: true,
    nav: adminNav(context, 'admin.listings'),
    breadcrumbs: {
      links: [{ href: url('admin.listings'), label: t('listings.list.title') }],
      here: t(`listings.new.title.${type}`),
    },
    lead: t('listings.new.lead'),
    known: known && { href: url('admin.listing', { listing: known._id }), name: nameIn(known, context) },
    errors: errorSummaryView(fields, errors, t),
    fields,
    action: url('admin.listing-enter', {}, { kind: type }),
    other: { href: url('admin.listing-new', {}, { kind: other }), label: t(`listings.new.other.${other}`) },
  }
}

function firmFields({ t }: RequestContext): FieldSpec[] {
  const statuses = ['resident', 'associated', 'applying'] as const
  return [
    {
      ...{ name: 'status', label: t('providers.fact.status'), type: 'select' },
      options: statuses.map((value) => ({ value, label: t(`providers.status.${value}`) })),
    },
    { name: 'tradeName', label: t('organisations.field.tradeName'), maxlength: 120, required: false },
    { name: 'website', label: t('organisations.field.website'), type: 'url', maxlength: 500, required: false },
    { name: 'phone', label: t('organisations.field.phone'), type: 'tel', maxlength: 30, required: false },
  ]
}

function businessFields({ t }: RequestContext): FieldSpec[] {
  const kinds = ['enterprise', 'cooperative', 'household', 'public-body'] as const
  return [
    {
      ...{ name: 'kind', label: t('organisations.new.kind'), type: 'select' },
      options: kinds.map((value) => ({ value, label: t(`businesses.kind.${value}`) })),
    },
  ]
}
