import type { PersonalDataSource } from '../../platform/personal-data.js'
import type { PeopleRepository } from './people.repository.js'

/** Who somebody is, what he has agreed to, and the needs that mailed links lead him to. */
export function peopleData(people: PeopleRepository): PersonalDataSource[] {
  return [
    {
      name: 'person',
      exportFor: async ({ personId }) => {
        const row = await people.byId(personId)
        if (!row) return null
        const { _id, email, name, phone, lang, createdAt } = row
        return { id: _id, email, name, phone, lang, createdAt }
      },
      // Takes the consents and the links along: they are proof of something only while there is data they allow.
      erase: ({ personId }, session) => people.erase(personId, session),
    },
    {
      name: 'consents',
      exportFor: async ({ personId }) => {
        const rows = await people.consentsOf(personId)
        return rows.map(({ purpose, textVersion, lang, way, at, withdrawnAt }) => ({
          ...{ purpose, textVersion, lang, way, at, withdrawnAt },
        }))
      },
      erase: async () => {},
    },
    {
      name: 'links',
      exportFor: async ({ personId }) => {
        const rows = await people.linksOf(personId)
        return rows.map(({ needId, createdAt }) => ({ need: needId, createdAt }))
      },
      erase: async () => {},
    },
  ]
}
