import type { RequestContext } from '../../../platform/http/context.js'
import { allProvinces, placeName, wardsOf } from '../../geography/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'

/** What may be chosen, in the reader's language. */

export interface Option {
  value: string
  label: string
}

/** What a form is made with beside what stands in it. */
export interface FormWords {
  taxonomy: TaxonomyView
  context: RequestContext
}

export const sectorOptions = ({ taxonomy, context }: FormWords): Option[] =>
  taxonomy.taxonomy.sectors.map(({ id, name }) => ({ value: id, label: name[context.lang] }))

/** Services in their groups. */
export const serviceGroups = ({ taxonomy, context: { lang } }: FormWords): { name: string; options: Option[] }[] =>
  taxonomy.taxonomy.groups.map(({ id, name }) => ({
    name: name[lang],
    options: taxonomy.taxonomy.services
      .filter(({ group }) => group === id)
      .map((service) => ({ value: service.id, label: service.name[lang] })),
  }))

export const sizeOptions = ({ taxonomy, context }: FormWords): Option[] => [
  notStated(context),
  ...taxonomy.taxonomy.sizeBands.map(({ id, name }) => ({ value: id, label: name[context.lang] })),
]

/** The wards of the park's province, and those chosen that lie elsewhere. */
export function wardOptions(chosen: readonly string[], { park }: RequestContext): Option[] {
  const near = wardsOf(park.province).map(({ code, name }) => ({ value: code, label: name }))
  const elsewhere = chosen.filter((code) => !near.some(({ value }) => value === code))
  return [...elsewhere.map((code) => ({ value: code, label: placeName(code, true) })), ...near]
}

/** Provinces and cities, that of the park first. */
export function provinceOptions({ park }: RequestContext): Option[] {
  const all = allProvinces().map(({ code, name }) => ({ value: code, label: name }))
  return [...all.filter(({ value }) => value === park.province), ...all.filter(({ value }) => value !== park.province)]
}

export const notStated = ({ t }: RequestContext): Option => ({ value: '', label: t('organisations.form.notStated') })
