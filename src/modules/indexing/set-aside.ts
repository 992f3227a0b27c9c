import type { Clock } from '../../kernel/clock.js'
import { messageOf } from '../../kernel/errors.js'
import type { RecordType } from '../../platform/records/record.types.js'
import type { SetAsideRow } from './set-aside.model.js'
import type { SetAsideRows } from './set-aside.repository.js'

/** Why a record has no document of its present version. */
export interface Failure {
  type: RecordType
  recordId: string
  cause: SetAsideRow['cause']
  error: unknown
}

type Named = Pick<SetAsideRow, 'type' | 'recordId'>

/** A record set aside, as its engine's own indexing knows it. */
export type Held = Omit<SetAsideRow, '_id' | 'engine'>

export interface SetAside {
  /** Reads what an earlier run has left; it is due at once. */
  load(): Promise<void>
  /** Keeps what has failed, again or for the first time, and forgets what has not. */
  note(tried: readonly Named[], failures: readonly Failure[], seq: number): Promise<void>
  /** By since when, the oldest first; `due`: whose next try has come. */
  list(only?: 'due'): Held[]
}

const LONGEST_ERROR = 500
const FIRST_RETRY_MS = 60_000
const LONGEST_RETRY_MS = 6 * 60 * 60_000

/**
 * What an engine could not take in, so that one record never holds up the others: kept in memory for the work, in the database for
 * those who look. It is tried again after 1 min, then four times as long each time up to 6 h, and with each change of the record.
 */
export function setAside(rows: SetAsideRows, clock: Clock, onNew: (failures: readonly Failure[]) => void): SetAside {
  const held = new Map<string, Held>()
  const keyOf = ({ type, recordId }: Named) => `${type} ${recordId}`
  return {
    load: async () => {
      for (const { _id, engine, ...row } of await rows.all()) held.set(keyOf(row), { ...row, nextAt: clock() })
    },
    note: async (tried, failures, seq) => {
      const now = clock()
      const failed = new Set(failures.map(keyOf))
      const well = tried.filter((one) => held.has(keyOf(one)) && !failed.has(keyOf(one)))
      const fresh = failures.filter((failure) => !held.has(keyOf(failure)))
      const kept = failures.map((failure) => rowOf(failure, held.get(keyOf(failure)), seq, now))
      for (const row of kept) held.set(keyOf(row), row)
      for (const one of well) held.delete(keyOf(one))
      // Told before it is kept: should that fail, it is not new the next time.
      if (fresh.length > 0) onNew(fresh)
      await rows.save(kept)
      await rows.remove(well)
    },
    list: (only) => {
      const now = clock()
      return [...held.values()]
        .filter(({ nextAt }) => !only || nextAt <= now)
        .sort((a, b) => a.since.getTime() - b.since.getTime())
    },
  }
}

function rowOf({ type, recordId, cause, error }: Failure, before: Held | undefined, seq: number, now: Date): Held {
  const attempts = (before?.attempts ?? 0) + 1
  return {
    ...{ type, recordId, cause, seq, attempts },
    error: (messageOf(error) || 'no reason given').slice(0, LONGEST_ERROR),
    since: before?.since ?? now,
    nextAt: new Date(now.getTime() + Math.min(FIRST_RETRY_MS * 4 ** (attempts - 1), LONGEST_RETRY_MS)),
  }
}
