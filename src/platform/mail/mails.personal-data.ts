import { withoutKeys } from '../../kernel/ids.js'
import type { PersonalDataSource } from '../personal-data.js'
import type { Outbox } from './outbox.repository.js'

/** The mails that were sent to somebody, or at his word, and are not deleted yet; not the keys in them. */
export const mailData = (outbox: Outbox): PersonalDataSource => ({
  name: 'mails',
  exportFor: async ({ personId }) => {
    const rows = await outbox.of(personId)
    return rows.map(({ to, subject, text, createdAt, sentAt }) => ({
      ...{ to, subject, text: withoutKeys(text), createdAt, sentAt },
    }))
  },
  erase: ({ personId }, session) => outbox.forget(personId, session),
})
