import { z } from 'zod'
import type { FieldError } from '../../kernel/errors.js'
import { line } from '../../kernel/fields.js'
import type { ParkContext } from '../../kernel/park.js'
import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { type FieldSpec, fieldView, type TypedValues } from '../../platform/views/models/form.js'
import type { CaseForm } from '../curation/index.js'
import type { ProviderProfile } from '../providers/index.js'

type Place = ProviderProfile['park']

const STATUSES = ['resident', 'associated', 'applying'] as const satisfies readonly Place['status'][]

const form = z.object({
  status: z.enum(STATUSES, 'choice').optional(),
  zone: z.string().optional(),
  unit: line(80).optional(),
})

/** Where a firm sits in the park is the park's to say, not the firm's: three fields beside the approval. */
export function parkFields({ park: wanted }: ProviderProfile, { typed, errors }: CaseForm, context: RequestContext) {
  const values = { ...placeValues(wanted), ...typed }
  return parkFieldSpecs(context).map((spec) => fieldView(spec, values, errors, context.t))
}

/** The place as its fields hold it. */
export const placeValues = ({ status, zone = '', unit = '' }: Place) => ({ status, zone, unit })

export function parkFieldSpecs({ t, park, lang }: RequestContext): FieldSpec[] {
  const zones = park.zones.map(({ id, name }) => ({ value: id, label: pickText(name, lang)?.text ?? id }))
  const statuses = STATUSES.map((value) => ({ value, label: t(`providers.status.${value}`) }))
  return [
    { name: 'status', label: t('providers.fact.status'), type: 'select', options: statuses },
    {
      ...{ name: 'zone', label: t('curation.zone'), type: 'select', required: false },
      options: [{ value: '', label: t('curation.noZone') }, ...zones],
    },
    { name: 'unit', label: t('curation.unit'), required: false, maxlength: 80 },
  ]
}

/** As they were sent; without a status the firm keeps what it has. */
export function readParkFields(
  typed: TypedValues,
  park: ParkContext,
): { ok: true; value: Place | null } | { ok: false; errors: FieldError[] } {
  const read = form.safeParse(typed)
  if (!read.success) {
    const fields = read.error.issues.map(({ path }) => String(path[0]))
    return {
      ok: false,
      errors: fields.map((field) => ({
        field,
        code: field === 'unit' ? 'tooLong' : 'choice',
        params: { maximum: 80 },
      })),
    }
  }
  const { status, zone, unit } = read.data
  if (zone && !park.zones.some(({ id }) => id === zone))
    return { ok: false, errors: [{ field: 'zone', code: 'choice' }] }
  return { ok: true, value: status ? { status, ...(zone && { zone }), ...(unit && { unit }) } : null }
}

export const withParkFields = (profile: ProviderProfile, place: Place | null): ProviderProfile =>
  place ? { ...profile, park: place } : profile
