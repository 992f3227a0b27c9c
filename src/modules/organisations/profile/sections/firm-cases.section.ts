import { z } from 'zod'
import { termId, wardCode } from '../../../../kernel/fields.js'
import { pickText } from '../../../../kernel/text.js'
import type { ProviderProfile } from '../../../providers/index.js'
import { unknownTerms } from '../../../taxonomy/index.js'
import { neededLine, neededText, wholeNumber } from '../../forms/fields.schemas.js'
import { notStated, sectorOptions, serviceGroups, wardOptions } from '../../forms/options.views.js'
import { partsFor } from '../../forms/parts.views.js'
import { unknownWards } from './checks.rules.js'
import { itemSection, textTree } from './section.types.js'

type Case = ProviderProfile['cases'][number]

const schema = z.strictObject({
  client: neededLine(200),
  problem: neededText(600),
  result: neededText(600),
  service: termId.optional(),
  sector: termId.optional(),
  ward: wardCode.optional(),
  year: wholeNumber(1990, 2100).optional(),
})

/** Work that was done: the proof a buyer looks for first. */
export const firmCases = itemSection<ProviderProfile, Case, typeof schema>({
  name: 'cases',
  most: 50,
  schema,
  items: ({ cases }) => cases,
  put: (profile, cases) => ({ ...profile, cases }),
  read: ({ client, problem, result, service, sector, ward, year }) => ({
    client: textTree(client),
    problem: textTree(problem),
    result: textTree(result),
    ...{ service, sector, ward },
    year: year?.toString(),
  }),
  check: ({ service, sector, ward }, { taxonomy }) => [
    ...unknownTerms(taxonomy, { services: service ? [service] : [] }).map((e) => ({ ...e, field: 'service' })),
    ...unknownTerms(taxonomy, { sectors: [sector] }),
    ...unknownWards('ward', [ward]),
  ],
  summary: ({ client, service, sector, year }, { taxonomy, context: { lang } }) => ({
    title: pickText(client, lang)?.text ?? '',
    facts: [
      ...(service ? [taxonomy.name('service', service, lang)] : []),
      ...(sector ? [taxonomy.name('sector', sector, lang)] : []),
      ...(year ? [String(year)] : []),
    ],
  }),
  parts: (form, words) => {
    const { context } = words
    const { t } = context
    const { field, texts } = partsFor(form, context)
    const told = (name: 'problem' | 'result') =>
      texts({
        name,
        label: t(`organisations.field.${name}`),
        hint: t(`organisations.hint.${name}`),
        type: 'textarea',
        maxlength: 600,
      })
    const select = (name: 'service' | 'sector' | 'ward', options: readonly { value: string; label: string }[]) =>
      field({
        name,
        label: t(`organisations.case.${name}`),
        type: 'select',
        options: [notStated(context), ...options],
      })
    const ward = typeof form.typed.ward === 'string' ? [form.typed.ward] : []
    return [
      texts({
        name: 'client',
        label: t('organisations.field.client'),
        hint: t('organisations.hint.client'),
        maxlength: 200,
      }),
      told('problem'),
      told('result'),
      select(
        'service',
        serviceGroups(words).flatMap(({ options }) => options),
      ),
      select('sector', sectorOptions(words)),
      select('ward', wardOptions(ward, context)),
      field({
        name: 'year',
        label: t('organisations.field.year'),
        maxlength: 4,
        inputmode: 'numeric',
        required: false,
      }),
    ]
  },
})
