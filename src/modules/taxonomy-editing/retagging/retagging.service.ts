import type { ClientSession } from 'mongoose'
import { Conflict } from '../../../kernel/errors.js'
import type { Logger } from '../../../platform/log/logger.js'
import type { Change, ChangeRequest } from '../../../platform/records/change.repository.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import { RECORD_TYPES, type RecordType, type StoredRecord } from '../../../platform/records/record.types.js'
import { recodedRecord, type Taxonomy } from '../../taxonomy/index.js'
import type { TaxonomyUses } from '../uses/uses.repository.js'
import type { RetagRow } from './retags.model.js'
import type { RetagRepository } from './retags.repository.js'
import { movesBetween, unretagged } from './retags.rules.js'

export interface RetaggingDeps {
  retags: RetagRepository
  uses: TaxonomyUses
  records: RecordRepository
  change: Change
  log: Logger
}

export interface Retagging {
  /** Notes what records have to move when the taxonomy changes, in the transaction that changes it. */
  plan(parkId: string, by: string, before: Taxonomy, after: Taxonomy, session: ClientSession): Promise<void>
  /** Does all that waits and nobody else is at; resolves when nothing is left. */
  run(): Promise<void>
  /** Begins to, without anybody waiting for it. */
  poke(): void
  /** Resolves when what was begun here is done. */
  settled(): Promise<void>
  /** What is still to be done, with how far it is. */
  waiting(parkId: string): Promise<RetagRow[]>
  /** Takes up records that came with a retired entry after the others had moved: from a form that was open meanwhile. */
  sweep(
    parkId: string,
    taxonomy: Taxonomy,
    begin: (work: (session: ClientSession) => Promise<void>) => Promise<void>,
  ): Promise<void>
  stop(): Promise<void>
}

/** Records in one transaction: a page that writes waits for no more than these. */
const BATCH = 50
const LEASE_MS = 30_000

interface Writing extends Pick<ChangeRequest<unknown>, 'alongside'> {
  retag: RetagRow
  type: RecordType
  ids: readonly string[]
  /** Also what reads already as it is to be: a retired entry is read as its successor before it is written so. */
  evenIfAlike?: boolean
}

/** The move was undone while its next records were written; nothing of these counts. */
class Stopped extends Error {}

export function retaggingService({ retags, uses, records, change, log }: RetaggingDeps): Retagging {
  let running: Promise<void> = Promise.resolve()
  let stopped = false

  const countOf = async (parkId: string, kind: RetagRow['kind'], id: string) => {
    const { provider, business, need } = await uses.count(parkId, kind, id)
    return provider + business + need
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const retag = await retags.take(LEASE_MS)
      if (!retag) return
      try {
        await (retag.undoes === null ? forward(retag) : back(retag, retag.undoes))
      } catch (error) {
        if (!(error instanceof Stopped)) throw error
      }
    }
  }

  /** Whatever still carries the entry moves; a restart finds the rest by the same question. */
  async function forward(retag: RetagRow): Promise<void> {
    const { parkId, kind, from, to } = retag
    let { done } = retag
    for (const type of RECORD_TYPES) {
      for (;;) {
        const ids = await uses.ids(parkId, type, { kind, id: from }, { after: '', limit: BATCH })
        if (ids.length === 0) break
        // In the transaction of the records: what is undone finds all that was moved, and nothing is moved after it.
        const progress = async (session: ClientSession, { length }: readonly unknown[]) => {
          const to = { done: done + length, cursor: '' }
          if (!(await retags.progress(retag._id, to, LEASE_MS, session))) throw new Stopped()
        }
        const edited = await write({ retag, type, ids, evenIfAlike: true, alongside: progress }, (record) =>
          recodedRecord(record, (of, id) => (of === kind && id === from ? to : id)),
        )
        if (edited === 0) break
        done += edited
        if (stopped) return
      }
    }
    await retags.finish(retag._id, done)
  }

  async function back(retag: RetagRow, batch: string): Promise<void> {
    let { done, cursor } = retag
    for (;;) {
      const changed = await retags.changedIn(batch, cursor, BATCH)
      const last = changed.at(-1)
      if (!last) break
      for (const type of RECORD_TYPES) {
        const ofType = new Map(
          changed.filter(({ after }) => after.type === type).map((one) => [one.after.recordId, one]),
        )
        await write({ retag, type, ids: [...ofType.keys()] }, (record) => {
          const { before, after } = ofType.get(record.id) ?? {}
          if (!before || !after) return record
          const published = unretagged(record.published, before.published, after.published, retag)
          const working = unretagged(record.working, before.working, after.working, retag)
          return { ...record, published, working }
        })
      }
      done += changed.length
      cursor = last.id
      if (stopped || !(await retags.progress(retag._id, { done, cursor }, LEASE_MS))) return
    }
    await retags.finish(retag._id, done)
  }

  /** Writes the records as `edit` makes them; those that somebody else changes at this moment are read again. */
  async function write(
    { retag: { _id, parkId, by }, type, ids, evenIfAlike = false, alongside }: Writing,
    edit: (record: StoredRecord<unknown>) => Pick<StoredRecord<unknown>, 'published' | 'working'>,
  ): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      const found = await records.byIds<unknown>(type, ids)
      const edits = found.flatMap((record) => {
        const { published, working } = edit(record)
        const differs = published !== record.published || working !== record.working
        return differs || evenIfAlike ? [{ id: record.id, expect: record.version, set: { published, working } }] : []
      })
      const what = { parkId, type, by, why: 'taxonomy', action: 'retag', batch: _id } as const
      try {
        await change({ ...what, edits, ...(alongside && { alongside }) })
        return edits.length
      } catch (error) {
        if (!(error instanceof Conflict) || attempt >= 5) throw error
      }
    }
  }

  const service: Retagging = {
    plan: async (parkId, by, before, after, session) => {
      const { forward: ahead, back: behind } = movesBetween(before, after)
      for (const move of ahead) {
        const total = await countOf(parkId, move.kind, move.from)
        if (total > 0) await retags.add({ parkId, ...move, undoes: null, by, total }, session)
      }
      for (const { kind, from } of behind) {
        for (const { _id, to, done } of await retags.stopForward(parkId, { kind, from }, session))
          await retags.add({ parkId, kind, from, to, undoes: _id, by, total: done }, session)
      }
    },
    run: () => {
      running = running.catch(() => undefined).then(run)
      return running
    },
    poke: () => {
      service
        .run()
        .catch((error) => log.error({ err: error }, 'records could not be retagged; trying again in a moment'))
    },
    settled: () => running,
    waiting: retags.waiting,
    sweep: async (parkId, taxonomy, begin) => {
      const waiting = await retags.waiting(parkId)
      for (const { kind, id, successor } of taxonomy.retired ?? []) {
        if (successor === null || waiting.some((one) => one.kind === kind && one.from === id)) continue
        const total = await countOf(parkId, kind, id)
        const retag = { parkId, kind, from: id, to: successor, undoes: null, by: 'system:retagging', total }
        if (total > 0) await begin((session) => retags.add(retag, session))
      }
    },
    stop: async () => {
      stopped = true
      await running.catch(() => undefined)
    },
  }
  return service
}
