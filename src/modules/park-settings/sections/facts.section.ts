import { z } from 'zod'
import type { FieldError } from '../../../kernel/errors.js'
import { line, plainDate } from '../../../kernel/fields.js'
import type { ParkFact } from '../../../kernel/park.js'
import { LANGUAGES } from '../../../kernel/text.js'
import { lineIn, localOf, localValues, parsed, type Section, type Values, valuesOf } from './section.types.js'

const TEXT = 600
const SOURCE = 300
const MOST = 30
const SPARE = 1
const STATUSES = ['in_force', 'draft', 'superseded'] as const satisfies readonly ParkFact['status'][]

const schema = z.strictObject({
  ...lineIn('text', TEXT, true),
  source: line(SOURCE, 1),
  asOf: plainDate,
  status: z.enum(STATUSES, 'choice'),
})

const FIELD = /^facts\.(\d{1,2})\.(.+)$/

/** Dated statements with their sources. */
export const factsSection: Section = {
  ...{ name: 'facts', area: 'park', seenAt: 'about', markdown: false },
  read: ({ facts }) =>
    valuesOf(
      Object.assign(
        {},
        ...facts.map(({ text, source, asOf, status }, i) => ({
          ...localValues(`facts.${i}.text`, text),
          ...{ [`facts.${i}.source`]: source, [`facts.${i}.asOf`]: asOf, [`facts.${i}.status`]: status },
        })),
      ),
    ),
  parse: (values) => {
    const facts: ParkFact[] = []
    const errors: FieldError[] = Object.keys(values)
      .filter((field) => !FIELD.test(field))
      .map((field) => ({ field, code: 'unknownField' }))
    for (const [index, fact] of rowsOf(values)) {
      if (fact.drop || isBlank(fact)) continue
      const read = parsed(schema, fact, (data) => ({ ...data, text: localOf(data, 'text') }))
      if (read.ok) facts.push(factOf(read.set as Values & { text: ParkFact['text'] }))
      else errors.push(...read.errors.map(({ field, ...e }) => ({ ...e, field: `facts.${index}.${field}` })))
    }
    return errors.length > 0 ? { ok: false, errors } : { ok: true, set: { facts } }
  },
  groups: ({ t }, values) => {
    const rows = rowsOf(values)
    const last = Math.max(-1, ...rows.map(([index]) => index))
    const count = Math.min(MOST, last + 1 + SPARE)
    return Array.from({ length: count }, (_, i) => ({
      legend: i > last ? t('settings.facts.new') : t('settings.facts.one', { number: i + 1 }),
      fields: [
        ...LANGUAGES.map((lang) => ({
          name: `facts.${i}.text.${lang}`,
          label: t(`settings.form.${lang}`, { label: t('settings.field.fact') }),
          type: 'textarea' as const,
          maxlength: TEXT,
          required: lang === 'vi',
        })),
        { name: `facts.${i}.source`, label: t('settings.field.source'), maxlength: SOURCE },
        { name: `facts.${i}.asOf`, label: t('settings.field.asOf'), type: 'date' as const },
        {
          ...{ name: `facts.${i}.status`, label: t('settings.field.status'), type: 'select' as const },
          options: STATUSES.map((value) => ({ value, label: t(`settings.facts.${value}`) })),
        },
        ...(i > last
          ? []
          : [{ name: `facts.${i}.drop`, label: t('settings.facts.drop'), type: 'checkbox' as const, required: true }]),
      ],
    }))
  },
}

function rowsOf(values: Values): [number, Record<string, string>][] {
  const rows = new Map<number, Record<string, string>>()
  for (const [field, value] of Object.entries(values)) {
    const [, index, name] = FIELD.exec(field) ?? []
    if (!name || Number(index) >= MOST) continue
    const row = rows.get(Number(index)) ?? {}
    row[name] = value
    rows.set(Number(index), row)
  }
  return [...rows].sort(([a], [b]) => a - b)
}

/** The status is chosen in an empty row too. */
const isBlank = ({ status, ...fields }: Record<string, string>) => Object.keys(fields).length === 0

const factOf = ({ text, source, asOf, status }: Values & { text: ParkFact['text'] }) =>
  ({ text, source, asOf, status }) as ParkFact
