import { type Connection, type Model, Schema } from 'mongoose'

/** The vector of a firm's text. */
export interface VectorRow {
  /** The firm's id. */
  _id: string
  /** What made it: vectors of two models have nothing to do with each other. */
  model: string
  /** Of the text that it was made of. */
  hash: string
  /** One byte a dimension. */
  vector: Buffer
}

const schema = new Schema<VectorRow>(
  {
    _id: String,
    model: { type: String, required: true },
    hash: { type: String, required: true },
    vector: { type: Buffer, required: true },
  },
  { collection: 'embeddings', versionKey: false },
)

export function vectorModel(db: Connection): Model<VectorRow> {
  return (db.models.Embedding as Model<VectorRow> | undefined) ?? db.model<VectorRow>('Embedding', schema)
}
