import type { FieldError } from '../../../kernel/errors.js'
import type { Translate } from '../../../platform/i18n/translator.js'
import { type FieldView, fieldView } from '../../../platform/views/models/form.js'
import { NEW_PASSWORD } from './new-password.service.js'
import { SHORTEST_PASSWORD } from './passwords.rules.js'

/** A field for a password that is being chosen. What was typed is never sent back. */
export const newPasswordField = (label: string, errors: readonly FieldError[], t: Translate): FieldView =>
  fieldView(
    {
      ...{ name: NEW_PASSWORD, label, type: 'password', autocomplete: 'new-password' },
      hint: t('accounts.passwordHint', { count: SHORTEST_PASSWORD }),
    },
    {},
    errors,
    t,
  )
