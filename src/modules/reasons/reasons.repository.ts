import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientSession, Connection } from 'mongoose'
import { newId } from '../../kernel/ids.js'
import { PROJECT_ROOT } from '../../platform/project-root.js'
import { type ReasonKind, type ReasonRow, reasonModel } from './reasons.model.js'

export interface ReasonRepository {
  /** The reasons that a fresh installation starts with; a park that has any keeps its own. */
  addShipped(parkId: string): Promise<void>
  /** All, the retired ones too, in their order; some dozens. */
  all(parkId: string): Promise<ReasonRow[]>
  /** Those to choose from. */
  inForce(parkId: string, kind: ReasonKind): Promise<ReasonRow[]>
  byId(parkId: string, id: string, session?: ClientSession): Promise<ReasonRow | null>
  add(row: Pick<ReasonRow, 'parkId' | 'kind' | 'text'>, session: ClientSession): Promise<string>
  /** False when it has another version by now. */
  save(
    id: string,
    version: number,
    set: Partial<Pick<ReasonRow, 'text' | 'place' | 'retiredAt'>>,
    session: ClientSession,
  ): Promise<boolean>
}

const SHIPPED = 'src/modules/reasons/data/reasons.json'

type Shipped = Readonly<Record<ReasonKind, Readonly<Record<string, ReasonRow['text']>>>>

export function reasonRepository(db: Connection): ReasonRepository {
  const reasons = reasonModel(db)
  const sorted = (filter: Partial<Pick<ReasonRow, 'parkId' | 'kind' | 'retiredAt'>>) =>
    reasons.find(filter).sort({ place: 1, _id: 1 }).lean<ReasonRow[]>()
  return {
    addShipped: async (parkId) => {
      if (await reasons.exists({ parkId })) return
      const shipped = JSON.parse(readFileSync(join(PROJECT_ROOT, SHIPPED), 'utf8')) as Shipped
      for (const [kind, texts] of Object.entries(shipped)) {
        for (const [place, [name, text]] of Object.entries(texts).entries()) {
          const row = { parkId, kind, text, place, retiredAt: null, version: 1 }
          await reasons.updateOne({ _id: `${parkId}-${kind}-${name}` }, { $setOnInsert: row }, { upsert: true })
        }
      }
    },
    all: (parkId) => sorted({ parkId }),
    inForce: (parkId, kind) => sorted({ parkId, kind, retiredAt: null }),
    byId: (parkId, id, session) =>
      reasons.findOne({ _id: id, parkId }, null, { session: session ?? null }).lean<ReasonRow>(),
    add: async ({ parkId, kind, text }, session) => {
      const last = await reasons.findOne({ parkId, kind }, null, { session }).sort({ place: -1 }).lean<ReasonRow>()
      const _id = newId()
      const row = { _id, parkId, kind, text, place: (last?.place ?? -1) + 1, retiredAt: null, version: 1 }
      await reasons.create([row], { session })
      return _id
    },
    save: async (id, version, set, session) => {
      const { modifiedCount } = await reasons.updateOne(
        { _id: id, version },
        { $set: { ...set, version: version + 1 } },
        { session },
      )
      return modifiedCount === 1
    },
  }
}
