import type { PersonalDataSource } from '../../platform/personal-data.js'
import type { ToldRepository } from './told.repository.js'
import type { WatchRepository } from './watches.repository.js'

/** What somebody is told of by mail, and what he was told. */
export const alertData = ({
  watches,
  told,
}: {
  watches: WatchRepository
  told: ToldRepository
}): PersonalDataSource => ({
  name: 'alerts',
  exportFor: async ({ personId }) => {
    const rows = await watches.of(personId)
    const known = await told.of(rows.map(({ _id }) => _id))
    return rows.map(({ _id, kind, about, typed, state, createdAt, endsAt, endedAt }) => ({
      ...{ kind, about: typed ?? { id: about }, state, createdAt, endsAt, endedAt },
      told: known.flatMap(({ watchId, item, mailedAt }) => (watchId === _id && mailedAt ? [{ item, mailedAt }] : [])),
    }))
  },
  erase: async ({ personId }, session) => {
    const ids = (await watches.of(personId, session)).map(({ _id }) => _id)
    await told.remove(ids, session)
    await watches.remove(ids, session)
  },
})
