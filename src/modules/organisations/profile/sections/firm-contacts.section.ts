import { z } from 'zod'
import { email, phone, webAddress } from '../../../../kernel/fields.js'
import { consentText, textVersion } from '../../../../kernel/purposes.js'
import { pickText } from '../../../../kernel/text.js'
import { formatPhone } from '../../../../platform/i18n/formats.js'
import type { FieldSpec } from '../../../../platform/views/models/form.js'
import type { ProviderProfile } from '../../../providers/index.js'
import { partsFor } from '../../forms/parts.views.js'
import { fieldSection } from './section.types.js'

const KINDS = ['phone', 'email', 'website'] as const

/** What is left blank is no contact, whoever it was shown to; what nobody said stays with those introduced. */
const contact = <T extends z.ZodType<string>>(value: T) =>
  z
    .strictObject({
      value: value.optional(),
      visibility: z.enum(['public', 'introduced'], 'choice').default('introduced'),
    })
    .transform(({ value: given, visibility }) => (given === undefined ? undefined : { value: given, visibility }))

const schema = z
  .strictObject({
    phone: contact(phone).optional(),
    email: contact(email).optional(),
    website: contact(webAddress).optional(),
  })
  .transform((contacts) => ({ contacts }))

/** Whether a contact is to stand on the public page that does not stand there so already. */
const opensContact = ({ contacts: before }: ProviderProfile, { contacts: after }: ProviderProfile): boolean =>
  KINDS.some((kind) => {
    const [was, is] = [before[kind], after[kind]]
    return is?.visibility === 'public' && !(was?.visibility === 'public' && was.value === is.value)
  })

/** How the firm is reached, and by whom: each has its own answer, and everybody only with consent. */
export const firmContacts = fieldSection<ProviderProfile, typeof schema>({
  name: 'contacts',
  schema,
  keys: ['contacts'],
  agreement: { purpose: 'firm-contacts', wanted: opensContact },
  read: ({ contacts: { phone: number, email: address, website } }) => ({
    ...{ email: address, website },
    phone: number && { ...number, value: formatPhone(number.value) },
  }),
  parts: (form, { context }) => {
    const { t, park, lang } = context
    const unsaid = Object.fromEntries(KINDS.map((kind) => [`${kind}.visibility`, 'introduced']))
    const { field } = partsFor({ ...form, typed: { ...unsaid, ...form.typed } }, context)
    const types: Record<(typeof KINDS)[number], Pick<FieldSpec, 'type' | 'autocomplete' | 'maxlength'>> = {
      phone: { type: 'tel', autocomplete: 'tel', maxlength: 30 },
      email: { type: 'email', autocomplete: 'email', maxlength: 254 },
      website: { type: 'url', autocomplete: 'url', maxlength: 500 },
    }
    const agreed = field({
      name: 'consent',
      label: t(consentText('firm-contacts', textVersion('firm-contacts')), {
        park: pickText(park.name, lang)?.text ?? '',
      }),
      hint: t('organisations.hint.contactsConsent'),
      type: 'checkbox',
    })
    const kinds = KINDS.flatMap((kind) => [
      field({
        name: `${kind}.value`,
        label: t(`organisations.field.${kind}`),
        hint: t(`organisations.hint.${kind}`),
        required: false,
        ...types[kind],
      }),
      field({
        name: `${kind}.visibility`,
        label: t(`organisations.visibility.${kind}`),
        type: 'choices',
        options: (['public', 'introduced'] as const).map((value) => ({
          value,
          label: t(`organisations.visibility.${value}`),
        })),
      }),
    ])
    return [...kinds, agreed]
  },
})
