import type { ClientSession } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { PeopleRepository } from '../people/index.js'
import type { WatchRow } from './alerts.model.js'
import type { ToldRepository } from './told.repository.js'
import type { WatchRepository } from './watches.repository.js'

export interface EndingDeps {
  clock: Clock
  people: PeopleRepository
  outbox: Outbox
  watches: WatchRepository
  told: ToldRepository
}

export interface Ending {
  /** Ends watches: nothing is mailed for them any more. Whoever was here for them alone is not kept without them. */
  end(rows: readonly WatchRow[], session: ClientSession): Promise<void>
  /** Deletes watches with all they know, and whoever was here for them alone. */
  drop(rows: readonly WatchRow[], session: ClientSession): Promise<void>
}

/** How watches end, whoever or whatever ends them. */
export function watchEnding({ clock, people, outbox, watches, told }: EndingDeps): Ending {
  const guestsOf = (rows: readonly WatchRow[]) =>
    new Set(rows.filter(({ guest }) => guest).map(({ personId }) => personId))

  const drop: Ending['drop'] = async (rows, session) => {
    const ids = rows.map(({ _id }) => _id)
    await told.remove(ids, session)
    await watches.remove(ids, session)
    for (const personId of guestsOf(rows)) {
      if ((await watches.of(personId, session)).length > 0) continue
      await people.erase(personId, session)
      await outbox.forget(personId, session)
    }
  }

  return {
    end: async (rows, session) => {
      const ended = { state: 'ended', place: null, typed: null, keyHash: null, endedAt: clock() } as const
      for (const { _id } of rows) await watches.set(_id, ended, session)
      for (const personId of guestsOf(rows)) {
        const own = await watches.of(personId, session)
        if (own.every(({ state }) => state === 'ended')) await drop(own, session)
      }
    },
    drop,
  }
}
