import type { SetAsideRow } from '../../../../src/modules/indexing/set-aside.model.js'
import type { SetAsideRows } from '../../../../src/modules/indexing/set-aside.repository.js'
import type { RecordRepository } from '../../../../src/platform/records/record.repository.js'
import type { ChangeEntry, RecordType, StoredRecord } from '../../../../src/platform/records/record.types.js'
import type { IndexSchema } from '../../../../src/platform/search/index.js'

export const SCHEMA: IndexSchema = { text: { name: { weight: 1, b: 0.5 } }, filterable: [], sortable: [] }

/** Records of one type and their change log, in memory. */
export function memoryRecords() {
  const versions = new Map<string, number>()
  const unreadable = new Set<string>()
  const changes: ChangeEntry[] = []
  const record = (id: string) => ({ id, version: versions.get(id) ?? 0 }) as StoredRecord<never>
  const log = (id: string, version: number) =>
    changes.push({ seq: changes.length + 1, parkId: 'p', type: 'provider', recordId: id, version, at: new Date(0) })
  const read = (ids: Iterable<string>, onUnreadable: ((id: string, error: unknown) => void) | undefined) =>
    [...ids].flatMap((id) => {
      if (!unreadable.has(id)) return [record(id)]
      onUnreadable?.(id, new Error(`${id} cannot be read`))
      return []
    })
  const repository: Partial<RecordRepository> = {
    byIds: async (type: RecordType, ids: readonly string[], onUnreadable) =>
      type === 'provider'
        ? read(
            ids.filter((id) => versions.has(id)),
            onUnreadable,
          )
        : [],
    each: async function* (type: RecordType, _source, onUnreadable) {
      if (type === 'provider') yield* read([...versions.keys()], onUnreadable)
    },
    changesAfter: async (seq, limit) => changes.filter((entry) => entry.seq > seq).slice(0, limit),
    lastSeq: async () => changes.length,
  }
  return {
    repository: repository as RecordRepository,
    /** Ids of records that cannot be made sense of. */
    unreadable,
    change: (id: string) => {
      const version = (versions.get(id) ?? 0) + 1
      versions.set(id, version)
      log(id, version)
    },
    /** Changes a record without a word in the log. */
    changeUnseen: (id: string, version: number | null) =>
      version === null ? versions.delete(id) : versions.set(id, version),
    remove: (id: string) => {
      versions.delete(id)
      log(id, 0)
    },
  }
}

/** The place in the change log of an engine, in memory. */
export function memoryOffsets() {
  let kept: { form: string; seq: number } | null = null
  return {
    begin: async () => {},
    load: async (form: string) => (kept?.form === form ? kept.seq : null),
    save: async (form: string, seq: number) => {
      if (kept?.form === form && kept.seq < seq) kept = { form, seq }
    },
    reset: async (form: string, seq: number) => {
      kept = { form, seq }
    },
  }
}

/** Records set aside, in memory. */
export function memorySetAside(): SetAsideRows {
  const rows = new Map<string, SetAsideRow>()
  return {
    all: async () => [...rows.values()],
    save: async (kept) => {
      for (const row of kept) rows.set(row.recordId, { ...row, _id: row.recordId, engine: 'x' })
    },
    remove: async (gone) => {
      for (const { recordId } of gone) rows.delete(recordId)
    },
  }
}
