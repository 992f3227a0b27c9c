import type { RequestContext } from '../../../platform/http/context.js'
import { formatMoneyRange } from '../../../platform/i18n/money.js'
import { type FieldSpec, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import { placeName, wardsOf } from '../../geography/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { capital } from '../needs.views.js'
import type { Draft } from './drafts.rules.js'
import { servicesView } from './services.views.js'
import { BUDGET_BANDS, BUDGETS, LENGTHS, SAID } from './steps.schemas.js'
import { type FormState, stepFrame } from './steps.views.js'

interface DetailsPage extends FormState {
  taxonomy: TaxonomyView
  draftId: string
  draft: Draft
}

/** View model of `needs/new/details.hbs`: everything may be left open. */
export function detailsView(page: DetailsPage, context: RequestContext) {
  const { errors, draftId, draft } = page
  const fields = detailFields(page, context)
  const { services, main, more } = fields
  return {
    ...stepFrame('details', draftId, context, { fields: [services.field, ...main, ...more], errors }),
    ...fields,
    told: somethingWasUnderstood(draft) && !draft.details ? context.t('needs.new.details.told') : null,
    text: draft.problem.problem,
  }
}

/** What helps to find the right firm; also on the page where a need is corrected. */
export function detailFields(page: Omit<DetailsPage, 'draftId'>, context: RequestContext) {
  const { typed, errors, taxonomy, draft } = page
  const { t } = context
  const field = (spec: FieldSpec) => fieldView(spec, typed, errors, t)
  const services = servicesView(page, context)
  const main = [
    field({
      name: 'sector',
      label: t('needs.new.details.sector'),
      type: 'select',
      options: [
        { value: '', label: t('needs.new.details.sectorOpen') },
        ...taxonomy.taxonomy.sectors.map(({ id, name }) => ({ value: id, label: name[context.lang] })),
      ],
    }),
    field({ name: 'ward', label: t('needs.new.details.ward'), type: 'select', options: wardOptions(typed, context) }),
    field({
      name: 'budget',
      label: t('needs.new.details.budget'),
      type: 'choices',
      options: budgetOptions(draft, context),
    }),
    field({
      name: 'onSite',
      label: t('needs.new.details.onSite'),
      type: 'choices',
      options: ['yes', 'no', ''].map((value) => ({
        value,
        label: t(`needs.new.details.onSites.${value || 'either'}`),
      })),
    }),
    field({
      name: 'deadline',
      label: t('needs.new.details.deadline'),
      hint: t('needs.new.details.deadlineHint'),
      type: 'date',
    }),
  ]
  const more = [
    field({
      name: 'outcome',
      label: t('needs.new.details.outcome'),
      hint: t('needs.new.details.outcomeHint'),
      type: 'textarea',
      maxlength: LENGTHS.outcome,
    }),
    field({
      name: 'mustHaves',
      label: t('needs.new.details.mustHaves'),
      hint: t('needs.new.details.mustHavesHint'),
      type: 'textarea',
      maxlength: LENGTHS.mustHaves,
    }),
    field({
      name: 'tools',
      label: t('needs.new.details.tools'),
      hint: t('needs.new.details.toolsHint'),
      maxlength: LENGTHS.tools,
    }),
  ]
  return {
    services,
    main,
    more,
    moreOpen: more.some(({ value, error }) => value !== '' || error !== null),
  }
}

/** What stands in the form at first: what was saved before, else what the problem's own words say. */
export function typedDetails({ details, suggested, problem }: Draft): TypedValues {
  if (details) {
    const { mustHaves, ...rest } = details
    return { budget: '', onSite: '', ...rest, mustHaves: mustHaves?.join('\n') ?? '' }
  }
  const { onSite } = suggested
  return {
    services: problem.services ?? suggested.services.filter(({ sure }) => sure).map(({ id }) => id),
    sector: problem.sector ?? suggested.sector ?? '',
    ward: suggested.ward ?? '',
    budget: suggested.budget ? SAID : '',
    onSite: onSite === null ? '' : onSite ? 'yes' : 'no',
    deadline: suggested.deadline ?? '',
  }
}

const somethingWasUnderstood = ({ suggested }: Draft) => {
  const { language: _, services, ...rest } = suggested
  return services.length > 0 || Object.values(rest).some((value) => value !== null)
}

function budgetOptions({ suggested }: Draft, { t, lang }: RequestContext) {
  const said = suggested.budget && {
    value: SAID,
    label: t('needs.new.details.said', { amount: capital(formatMoneyRange(lang, suggested.budget)) }),
  }
  return [
    ...(said ? [said] : []),
    ...BUDGET_BANDS.map((band) => ({ value: band, label: capital(formatMoneyRange(lang, BUDGETS[band])) })),
    { value: '', label: t('needs.new.details.budgetOpen') },
  ]
}

/** The wards of the park's province, and the chosen one where it lies elsewhere. */
function wardOptions({ ward }: TypedValues, { t, park }: RequestContext) {
  const near = wardsOf(park.province).map(({ code, name }) => ({ value: code, label: name }))
  const elsewhere =
    typeof ward === 'string' && ward && !near.some(({ value }) => value === ward)
      ? [{ value: ward, label: placeName(ward, true) }]
      : []
  return [{ value: '', label: t('needs.new.details.wardOpen') }, ...elsewhere, ...near]
}
