import type { PersonalDataSource } from '../../../platform/personal-data.js'
import type { DeskRepository } from './desk.repository.js'

/** How a member of staff goes through the queue. Which case he has before him is gone within minutes, and is in no copy. */
export const deskData = (desk: DeskRepository): PersonalDataSource => ({
  name: 'queueViews',
  exportFor: async ({ personId }) =>
    (await desk.viewsOf(personId)).map(({ name, kind, whose, late, createdAt }) => ({
      ...{ name, kind, whose, late, createdAt },
    })),
  erase: ({ personId }, session) => desk.forget(personId, session),
})
