import type { Resource } from '../../kernel/permissions.js'
import type { RecordType, StoredRecord } from './record.types.js'

/** What of a record matters for permission; one that is not published is hidden, whatever its draft says. */
export function resourceOf<Content>(
  type: RecordType,
  { id, published, archivedAt }: StoredRecord<Content>,
  visibility: (content: Content) => Resource['visibility'],
): Resource {
  return {
    type,
    id,
    published: published !== null,
    archived: archivedAt !== null,
    visibility: published ? visibility(published) : 'hidden',
  }
}
