import { z } from 'zod'
import { termId, wardCode } from '../../../../kernel/fields.js'
import type { ProviderProfile } from '../../../providers/index.js'
import { unknownTerms } from '../../../taxonomy/index.js'
import { choices, yesOrNo } from '../../forms/fields.schemas.js'
import { provinceOptions, sectorOptions, wardOptions } from '../../forms/options.views.js'
import { partsFor } from '../../forms/parts.views.js'
import { unknownProvinces, unknownWards } from './checks.rules.js'
import { fieldSection } from './section.types.js'

const schema = z.strictObject({
  sectors: choices(termId, 30),
  provinces: choices(z.string().regex(/^\d{2}$/, 'province'), 34),
  wards: choices(wardCode, 200),
  onSite: yesOrNo.optional(),
  remote: yesOrNo.optional(),
})

/** For whom the firm works, and where. */
export const firmReach = fieldSection<ProviderProfile, typeof schema>({
  name: 'reach',
  schema,
  keys: ['sectors', 'provinces', 'wards', 'onSite', 'remote'],
  read: ({ sectors, provinces, wards, onSite, remote }) => ({
    ...{ sectors, provinces, wards },
    onSite: said(onSite),
    remote: said(remote),
  }),
  check: ({ sectors, provinces, wards }, { taxonomy }) => [
    ...unknownTerms(taxonomy, { sectors }).map((error) => ({ ...error, field: 'sectors' })),
    ...unknownProvinces('provinces', provinces),
    ...unknownWards('wards', wards),
  ],
  parts: (form, words) => {
    const { context } = words
    const { t, park } = context
    const { field, choices } = partsFor({ ...form, typed: { onSite: '', remote: '', ...form.typed } }, context)
    const answers = ['yes', 'no', ''].map((value) => ({
      value,
      label: t(`organisations.form.answer.${value || 'unsaid'}`),
    }))
    const way = (name: 'onSite' | 'remote') =>
      field({ name, label: t(`organisations.field.${name}`), type: 'choices', options: answers })
    const wards = [form.typed.wards ?? []].flat().map(String)
    const provinces = provinceOptions(context)
    const home = provinces.find(({ value }) => value === park.province)?.label ?? ''
    return [
      choices({
        name: 'sectors',
        label: t('organisations.field.sectors'),
        hint: t('organisations.hint.sectors'),
        groups: [{ name: null, options: sectorOptions(words) }],
      }),
      way('onSite'),
      way('remote'),
      choices({
        name: 'provinces',
        label: t('organisations.field.provinces'),
        hint: t('organisations.hint.provinces'),
        groups: [{ name: t('organisations.form.allProvinces'), options: provinces }],
      }),
      choices({
        name: 'wards',
        label: t('organisations.field.wards'),
        hint: t('organisations.hint.wards'),
        groups: [{ name: t('organisations.form.wardsOf', { province: home }), options: wardOptions(wards, context) }],
      }),
    ]
  },
})

const said = (answer: boolean | undefined) => (answer === undefined ? undefined : answer ? 'yes' : 'no')
