import type { Model } from 'mongoose'
import type { RecordMoves } from './moves.js'
import type { RecordType } from './record.types.js'

interface RowMoves<Row> {
  name: string
  /** The field that holds the record's id. */
  field: keyof Row & string
  /** Types of record that such rows belong to. */
  types: readonly RecordType[]
  /** Only rows like these follow. */
  only?: Readonly<Record<string, unknown>>
}

/** Moves of rows that name their record in one field. */
export function rowMoves<Row extends { _id: string }>(
  model: Model<Row>,
  { name, field, types, only = {} }: RowMoves<Row>,
): RecordMoves {
  // Queries over a field that is named at run time are beyond mongoose's types.
  const rows = model as unknown as Model<Record<string, unknown> & { _id: string }>
  return {
    name,
    count: async (from, type) => (types.includes(type) ? rows.countDocuments({ ...only, [field]: from }) : 0),
    move: async ({ type, from, to, session }) => {
      if (!types.includes(type)) return []
      const found = await rows.find({ ...only, [field]: from }, { _id: 1 }, { session }).lean()
      const ids = found.map(({ _id }) => String(_id))
      if (ids.length > 0) await rows.updateMany({ _id: { $in: ids } }, { $set: { [field]: to } }, { session })
      return ids
    },
    moveBack: async (moved, { from, to, session }) => {
      if (moved.length > 0)
        await rows.updateMany({ _id: { $in: [...moved] }, [field]: to }, { $set: { [field]: from } }, { session })
    },
  }
}
