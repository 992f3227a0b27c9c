import type { Clock } from '../../kernel/clock.js'
import type { FileStore } from './files.repository.js'

/** Time in which a form that brought a file must have become a record, in ms. */
const ORPHAN_MS = 24 * 60 * 60_000

/** Takes out files that no record points to, left behind by forms that were sent with another mistake. */
export const sweepFiles = ({ files, clock }: { files: FileStore; clock: Clock }): Promise<number> =>
  files.sweep(new Date(clock().getTime() - ORPHAN_MS))
