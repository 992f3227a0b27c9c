import { z } from 'zod'
import { taxCode, termId } from '../../../../kernel/fields.js'
import type { ProviderProfile } from '../../../providers/index.js'
import { unknownTerms } from '../../../taxonomy/index.js'
import { neededLine, oneLine, wholeNumber } from '../../forms/fields.schemas.js'
import { sizeOptions } from '../../forms/options.views.js'
import { partsFor } from '../../forms/parts.views.js'
import { fieldSection, textTree } from './section.types.js'

const schema = z.strictObject({
  name: neededLine(200),
  tradeName: oneLine(120).optional(),
  taxCode: taxCode.optional(),
  sizeBand: termId.optional(),
  founded: wholeNumber(1900, 2100).optional(),
  address: oneLine(300).optional(),
})

/** Who the firm is. */
export const firmBasics = fieldSection<ProviderProfile, typeof schema>({
  name: 'basics',
  schema,
  keys: ['name', 'tradeName', 'taxCode', 'sizeBand', 'founded', 'address'],
  read: ({ name, tradeName, taxCode, sizeBand, founded, address }) => ({
    name: textTree(name),
    ...{ tradeName, taxCode, sizeBand, address },
    founded: founded?.toString(),
  }),
  check: ({ sizeBand }, { taxonomy }) => unknownTerms(taxonomy, { sizeBand }),
  parts: (form, words) => {
    const { t } = words.context
    const { field, texts } = partsFor(form, words.context)
    const optional = { required: false }
    return [
      texts({ name: 'name', label: t('organisations.field.name'), maxlength: 200 }),
      field({
        name: 'tradeName',
        label: t('organisations.field.tradeName'),
        hint: t('organisations.hint.tradeName'),
        maxlength: 120,
        ...optional,
      }),
      field({
        name: 'taxCode',
        label: t('organisations.field.taxCode'),
        maxlength: 14,
        inputmode: 'numeric',
        ...optional,
      }),
      field({
        name: 'sizeBand',
        label: t('organisations.field.sizeBand'),
        type: 'select',
        options: sizeOptions(words),
      }),
      field({
        name: 'founded',
        label: t('organisations.field.founded'),
        maxlength: 4,
        inputmode: 'numeric',
        ...optional,
      }),
      field({
        name: 'address',
        label: t('organisations.field.address'),
        hint: t('organisations.hint.address'),
        maxlength: 300,
        autocomplete: 'street-address',
        ...optional,
      }),
    ]
  },
})
