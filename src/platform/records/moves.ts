import type { ClientSession } from 'mongoose'
import type { RecordType } from './record.types.js'

/** One record becoming part of another, or parting from it again. */
export interface MoveStep {
  parkId: string
  type: RecordType
  /** The record that goes, and the one that stays. */
  from: string
  to: string
  /** Opaque id of who does it. */
  by: string
  /** Id of the merge; stands in the versions and audit entries of all that is part of it. */
  batch: string
  session: ClientSession
}

/** How what belongs to a record follows it into another. Each module that holds such rows makes one. */
export interface RecordMoves {
  /** Key of the catalogue `merging.moves`. */
  name: string
  /** How many would follow. */
  count(from: string, type: RecordType): Promise<number>
  /** Returns what `moveBack` needs to know: ids, and nothing that anybody wrote. */
  move(step: MoveStep): Promise<string[]>
  /** Brings back what went with the merge; what is gone or has gone elsewhere since stays as it is. */
  moveBack(moved: readonly string[], step: MoveStep): Promise<void>
}
