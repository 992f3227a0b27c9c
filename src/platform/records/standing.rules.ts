import type { StoredRecord } from './record.types.js'

type Standing = Pick<StoredRecord<unknown>, 'published' | 'archivedAt' | 'mergedInto' | 'withheld'>

/** Whether a record stands in the directory: published, and neither archived, merged away nor withheld. */
export const isStanding = ({ published, archivedAt, mergedInto, withheld }: Standing): boolean =>
  published !== null && archivedAt === null && mergedInto === null && !withheld
