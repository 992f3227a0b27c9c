import type { Connection } from 'mongoose'
import { type VectorRow, vectorModel } from './vectors.model.js'

export interface KeptVector extends Pick<VectorRow, 'model' | 'hash'> {
  firm: string
  vector: Int8Array
}

export interface VectorRepository {
  /** Of these firms, those that a model has made; read by id alone. */
  of(model: string, firms: readonly string[]): Promise<ReadonlyMap<string, Int8Array>>
  /** By firm, what their vectors were made of. */
  hashes(model: string, firms: readonly string[]): Promise<ReadonlyMap<string, string>>
  put(vectors: readonly KeptVector[]): Promise<void>
  remove(firms: readonly string[]): Promise<void>
  /** Whether a model has made any. */
  any(model: string): Promise<boolean>
  /** Of all models. */
  clear(): Promise<void>
}

export function vectorRepository(db: Connection): VectorRepository {
  const vectors = vectorModel(db)
  const among = (model: string, firms: readonly string[]) => ({ _id: { $in: [...firms] }, model })
  return {
    of: async (model, firms) => {
      const rows = await vectors.find(among(model, firms), { vector: 1 }).lean()
      return new Map(rows.map(({ _id, vector }) => [_id, bytesOf(vector)]))
    },
    hashes: async (model, firms) => {
      const rows = await vectors.find(among(model, firms), { hash: 1 }).lean()
      return new Map(rows.map(({ _id, hash }) => [_id, hash]))
    },
    put: async (made) => {
      const writes = made.map(({ firm, vector, ...row }) => ({
        replaceOne: { filter: { _id: firm }, replacement: { ...row, vector: Buffer.from(vector) }, upsert: true },
      }))
      if (writes.length > 0) await vectors.bulkWrite(writes)
    },
    remove: async (firms) => {
      if (firms.length > 0) await vectors.deleteMany({ _id: { $in: [...firms] } })
    },
    any: async (model) => (await vectors.exists({ model })) !== null,
    clear: async () => {
      await vectors.deleteMany({})
    },
  }
}

/** A lean read gives the driver's own binary, a hydrated one a buffer. */
function bytesOf(stored: Buffer | { buffer: Uint8Array }): Int8Array {
  return Int8Array.from(Buffer.isBuffer(stored) ? stored : stored.buffer)
}
