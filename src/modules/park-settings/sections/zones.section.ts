import { z } from 'zod'
import type { FieldError } from '../../../kernel/errors.js'
import { termId } from '../../../kernel/fields.js'
import type { ParkContext, ParkZone } from '../../../kernel/park.js'
import { slugify } from '../../../kernel/slug.js'
import { pickText } from '../../../kernel/text.js'
import { inBoth, lineIn, localOf, localValues, parsed, type Section, type Values, valuesOf } from './section.types.js'

const NAME = 80
const SUMMARY = 300
const UNIT = 80
const MOST_UNITS = 300
const MOST = 40

const schema = z.strictObject({
  id: termId.optional(),
  ...lineIn('name', NAME, true),
  ...lineIn('summary', SUMMARY),
  units: z
    .string()
    .transform((text) => [...new Set(text.split('\n').flatMap((one) => one.replace(/\s+/g, ' ').trim() || []))])
    .pipe(z.array(z.string().max(UNIT, 'tooLong')).max(MOST_UNITS, 'tooMany'))
    .optional(),
})

const FIELD = /^zones\.(\d{1,2})\.(.+)$/

/** The park's zones and their units. One that firms sit in is not taken out here, but moved to another (`zones/`). */
export const zonesSection: Section = {
  ...{ name: 'zones', area: 'park', seenAt: 'about', markdown: false },
  read: (park) => zoneValues(park.zones),
  parse: (values) => {
    const errors: FieldError[] = Object.keys(values)
      .filter((field) => !FIELD.test(field))
      .map((field) => ({ field, code: 'unknownField' }))
    const zones: ParkZone[] = []
    for (const [index, row] of rowsOf(values)) {
      const { id: _, ...told } = row
      // A row whose name was cleared is one taken out; of one that is new nothing was filled in.
      if (Object.keys(told).length === 0) continue
      const read = parsed(schema, row, (data) => ({ ...data }))
      if (!read.ok) {
        errors.push(...read.errors.map(({ field, ...e }) => ({ ...e, field: `zones.${index}.${field}` })))
        continue
      }
      const { id, units } = read.set as { id?: string; units?: string[] }
      const [name, summary] = [localOf(read.set, 'name') ?? {}, localOf(read.set, 'summary')]
      const taken = zones.map((zone) => zone.id)
      zones.push({
        id: id ?? freeId(slugify(name.vi ?? '', 'khu'), [...taken, ...idsIn(values)]),
        name,
        ...(summary && { summary }),
        ...(units && { units }),
      })
    }
    return errors.length > 0 ? { ok: false, errors } : { ok: true, set: { zones } }
  },
  links: ({ park, t, url, lang }) =>
    park.zones.map(({ id, name }) => ({
      href: url('admin.park-zone', { zone: id }),
      label: t('settings.zones.link', { zone: pickText(name, lang)?.text ?? id }),
    })),
  groups: (context, values) => {
    const { t } = context
    const rows = rowsOf(values)
    const last = Math.max(-1, ...rows.map(([index]) => index))
    return Array.from({ length: Math.min(MOST, last + 2) }, (_, i) => {
      const field = (name: string, maxlength: number, required = true) =>
        inBoth({ name: `zones.${i}.${name}`, label: t(`settings.field.zone.${name}`), maxlength, required }, context)
          .fields
      const row = new Map(rows).get(i)
      return {
        legend: i > last ? t('settings.zones.new') : (row?.['name.vi'] ?? t('settings.zones.one', { number: i + 1 })),
        hidden: row?.id ? [{ name: `zones.${i}.id`, value: row.id }] : [],
        fields: [
          ...field('name', NAME),
          ...field('summary', SUMMARY, false),
          {
            ...{ name: `zones.${i}.units`, label: t('settings.field.zone.units'), hint: t('settings.hint.units') },
            ...{ type: 'textarea' as const, required: false },
          },
        ],
      }
    })
  },
}

/** Zones as the form holds them. */
export const zoneValues = (zones: ParkContext['zones']): Values =>
  valuesOf(
    Object.assign(
      {},
      ...zones.map(({ id, name, summary, units }, i) => ({
        [`zones.${i}.id`]: id,
        ...localValues(`zones.${i}.name`, name),
        ...localValues(`zones.${i}.summary`, summary),
        [`zones.${i}.units`]: units?.join('\n'),
      })),
    ),
  )

/** The rows of a form by their number. */
export function rowsOf(values: Values): [number, Record<string, string>][] {
  const rows = new Map<number, Record<string, string>>()
  for (const [field, value] of Object.entries(values)) {
    const [, index, name] = FIELD.exec(field) ?? []
    if (!name || Number(index) >= MOST) continue
    rows.set(Number(index), { ...rows.get(Number(index)), [name]: value })
  }
  return [...rows].sort(([a], [b]) => a - b)
}

const idsIn = (values: Values) => rowsOf(values).flatMap(([, { id }]) => id ?? [])

function freeId(wanted: string, taken: readonly string[]): string {
  const base = wanted.slice(0, 50).replace(/-+$/, '')
  let id = base
  for (let n = 2; taken.includes(id); n++) id = `${base}-${n}`
  return id
}
