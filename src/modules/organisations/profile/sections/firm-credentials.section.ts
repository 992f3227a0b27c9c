import { z } from 'zod'
import { languageName } from '../../../../platform/i18n/languages.js'
import type { ProviderProfile } from '../../../providers/index.js'
import { choices, textPerLine } from '../../forms/fields.schemas.js'
import { partsFor } from '../../forms/parts.views.js'
import { fieldSection } from './section.types.js'

/** Offered first: what is spoken with clients around here. */
const LANGUAGES_OFFERED = ['vi', 'en', 'km', 'zh', 'ko', 'ja', 'fr']

const schema = z.strictObject({
  languages: choices(z.string().regex(/^[a-z]{2}$/, 'language'), 20),
  certifications: textPerLine(200, 30),
})

/** What stands behind the firm's word. */
export const firmCredentials = fieldSection<ProviderProfile, typeof schema>({
  name: 'credentials',
  schema,
  keys: ['languages', 'certifications'],
  read: ({ languages, certifications }) => ({
    languages,
    certifications: certifications.length > 0 ? certifications.join('\n') : undefined,
  }),
  check: ({ languages }) =>
    languages.some((code) => !languageName('vi', code)) ? [{ field: 'languages', code: 'language' }] : [],
  parts: (form, { context }) => {
    const { t, lang } = context
    const { field, choices } = partsFor(form, context)
    const chosen = [form.typed.languages ?? []].flat().map(String)
    const codes = [...new Set([...LANGUAGES_OFFERED, ...chosen])]
    const options = codes.map((code) => ({ value: code, label: languageName(lang, code) ?? code }))
    return [
      choices({
        name: 'languages',
        label: t('organisations.field.languages'),
        groups: [{ name: null, options }],
      }),
      field({
        name: 'certifications',
        label: t('organisations.field.certifications'),
        hint: t('organisations.hint.certifications'),
        type: 'textarea',
        required: false,
      }),
    ]
  },
})
