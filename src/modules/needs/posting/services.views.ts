import type { RequestContext } from '../../../platform/http/context.js'
import { type FieldView, fieldView } from '../../../platform/views/models/form.js'
import type { Service, TaxonomyView } from '../../taxonomy/index.js'
import type { Draft } from './drafts.rules.js'
import type { FormState } from './steps.views.js'

interface ServiceChoice {
  id: string
  value: string
  label: string
  /** What it is, for somebody who does not know the product's name. */
  summary: string
  checked: boolean
}

/** View model of `needs/new/_services.hbs`: the likely ones in sight, all others by group behind one click. */
export interface ServicesView {
  field: FieldView
  near: readonly ServiceChoice[]
  groups: readonly { name: string; services: readonly ServiceChoice[] }[]
  /** Whether all are shown at once, since none is likely. */
  open: boolean
}

export function servicesView(
  { typed, errors, taxonomy, draft }: FormState & { taxonomy: TaxonomyView; draft: Draft },
  { t, lang }: RequestContext,
): ServicesView {
  const field = fieldView(
    {
      name: 'services',
      label: t('needs.new.details.services'),
      hint: t('needs.new.details.servicesHint'),
    },
    typed,
    errors,
    t,
  )
  const chosen = new Set([typed.services ?? []].flat().map(String))
  const { services, groups } = taxonomy.taxonomy
  const likely = [...new Set([...draft.suggested.services.map(({ id }) => id), ...chosen])]
  const near = likely.flatMap((id) => taxonomy.service(id) ?? [])
  const first = near[0] ?? services.find(({ group }) => group === groups[0]?.id)
  const choice = ({ id, name, summary }: Service): ServiceChoice => ({
    // The first one carries the field's own id, so that the summary's link lands on it.
    id: id === first?.id ? field.id : `${field.id}-${id}`,
    value: id,
    label: name[lang],
    summary: summary[lang],
    checked: chosen.has(id),
  })
  return {
    field,
    near: near.map(choice),
    groups: groups.map(({ id, name }) => ({
      name: name[lang],
      services: services
        .filter(({ group, id: service }) => group === id && !near.some((n) => n.id === service))
        .map(choice),
    })),
    open: near.length === 0,
  }
}
