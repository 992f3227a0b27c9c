import { z } from 'zod'
import { taxCode, termId, wardCode } from '../../../../kernel/fields.js'
import { type BusinessProfile, businessProfile } from '../../../businesses/index.js'
import { unknownTerms } from '../../../taxonomy/index.js'
import { neededLine, wholeNumber } from '../../forms/fields.schemas.js'
import { notStated, sectorOptions, sizeOptions, wardOptions } from '../../forms/options.views.js'
import { partsFor } from '../../forms/parts.views.js'
import { unknownWards } from './checks.rules.js'
import { fieldSection, textTree } from './section.types.js'

const schema = z.strictObject({
  name: neededLine(200),
  kind: businessProfile.shape.kind,
  sector: termId.optional(),
  ward: wardCode.optional(),
  sizeBand: termId.optional(),
  founded: wholeNumber(1900, 2100).optional(),
  taxCode: taxCode.optional(),
})

const KINDS = ['enterprise', 'cooperative', 'household', 'public-body'] as const

/** Who the business is. */
export const businessBasics = fieldSection<BusinessProfile, typeof schema>({
  name: 'basics',
  schema,
  keys: ['name', 'kind', 'sector', 'ward', 'sizeBand', 'founded', 'taxCode'],
  read: ({ name, kind, sector, ward, sizeBand, founded, taxCode }) => ({
    name: textTree(name),
    ...{ kind, sector, ward, sizeBand, taxCode },
    founded: founded?.toString(),
  }),
  check: ({ sector, ward, sizeBand }, { taxonomy }) => [
    ...unknownTerms(taxonomy, { sectors: [sector], sizeBand }),
    ...unknownWards('ward', [ward]),
  ],
  parts: (form, words) => {
    const { context } = words
    const { t } = context
    const { field, texts } = partsFor(form, context)
    const ward = typeof form.typed.ward === 'string' ? [form.typed.ward] : []
    const optional = { required: false, inputmode: 'numeric' } as const
    return [
      texts({ name: 'name', label: t('organisations.field.name'), maxlength: 200 }),
      field({
        name: 'kind',
        label: t('organisations.field.kind'),
        type: 'choices',
        options: KINDS.map((value) => ({ value, label: t(`businesses.kind.${value}`) })),
      }),
      field({
        name: 'sector',
        label: t('organisations.field.sector'),
        type: 'select',
        options: [notStated(context), ...sectorOptions(words)],
      }),
      field({
        name: 'ward',
        label: t('organisations.field.ward'),
        type: 'select',
        options: [notStated(context), ...wardOptions(ward, context)],
      }),
      field({
        name: 'sizeBand',
        label: t('organisations.field.sizeBand'),
        type: 'select',
        options: sizeOptions(words),
      }),
      field({ name: 'founded', label: t('organisations.field.founded'), maxlength: 4, ...optional }),
      field({
        name: 'taxCode',
        label: t('organisations.field.taxCode'),
        hint: t('organisations.hint.businessTaxCode'),
        maxlength: 14,
        ...optional,
      }),
    ]
  },
})
