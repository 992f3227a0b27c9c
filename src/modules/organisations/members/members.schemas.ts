import { z } from 'zod'
import { email } from '../../../kernel/fields.js'
import { MEMBER_ROLES } from '../../../kernel/permissions.js'

const role = z.enum(MEMBER_ROLES, 'choice')

export const memberForm = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('role'), role }),
  z.strictObject({ act: z.literal('remove'), role: role.optional() }),
])

export const inviteForm = z.strictObject({ email, role })

export const invitationForm = z.strictObject({ act: z.enum(['resend', 'revoke']) })
