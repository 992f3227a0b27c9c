import type { RowProblem } from '../importing.types.js'
import type { TableKind } from '../tables/index.js'

/**
 * `reading`: its file is being read. `mapping`: its columns are to be named. `checking`: all rows are being read. `ready`: it waits for the word. `committing`,
 * `done`, `stopped` by a curator before the end. `undoing`, `undone`.
 */
export const IMPORT_STATES = [
  ...(['reading', 'mapping', 'checking', 'ready', 'committing', 'stopped', 'done', 'undoing', 'undone'] as const),
] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** States in which the product is at work by itself. */
export const WORKING_STATES: readonly ImportState[] = ['checking', 'committing', 'undoing']

/** What becomes of a row: `bad` ones and `archived` listings stay out. */
export const FATES = ['added', 'changed', 'unchanged', 'archived', 'bad'] as const
export type Fate = (typeof FATES)[number]
export type FateCounts = Record<Fate, number>

/** How a listing that is there is known again: by its id (the product's or the source's), or by its tax code. */
export const KEYS = ['id', 'taxCode'] as const
export type ImportKey = (typeof KEYS)[number]

export const MODES = ['both', 'create', 'update'] as const
export type ImportMode = (typeof MODES)[number]

/** What an empty cell says of a listing that is there. */
export const BLANKS = ['keep', 'clear'] as const
export type Blanks = (typeof BLANKS)[number]

/** One imported table. */
export interface ImportRow {
  _id: string
  parkId: string
  kind: TableKind
  /** What the file was called; gone with its rows. */
  fileName: string | null
  /** Opaque id of the curator. */
  by: string
  createdAt: Date
  columns: string[]
  rows: number
  state: ImportState
  /** For each column the field it stands for (`name_vi`), null for none. */
  mapping: (string | null)[]
  key: ImportKey
  blanks: Blanks
  /** How often its columns were named: what a curator has seen of it belongs to one of these. */
  named: number
  mode: ImportMode
  /** What the rows come to by the last check, and what has become of them. */
  counts: FateCounts
  done: FateCounts & { skipped: number }
  /** Rows that the work under way has passed. */
  cursor: number
  /** Of an undo: the last version it has passed. */
  undoCursor: string
  undone: number
  /** Listings that were changed after the import, and left as they are. */
  left: number
  leftIds: string[]
  /** Who is at work on it, and until when nobody else takes it up. */
  worker: string | null
  workUntil: Date
  /** How often in a row the work on it has failed. */
  failures: number
  /** Whether it was given up for that. */
  gaveUp: boolean
  finishedAt: Date | null
  /** When its rows were, or will be, erased. */
  eraseAt: Date
  erased: boolean
}

/** One row of an imported table, kept until the import's rows are erased. */
export interface StagedRow {
  _id: string
  importId: string
  /** From 1, without gaps. */
  n: number
  line: number
  cells: string[]
  faults: { column: number; code: string }[]
  bad: boolean
  problems: RowProblem[]
}
