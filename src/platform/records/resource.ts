import type { Resource } from '../../kernel/permissions.js'
import type { RecordType, StoredRecord } from './record.types.js'

/** What a module says of its contents, for permission. */
export interface Rights<Content> {
  /** Who may see a record once it is published. */
  visibility(content: Content): Resource['visibility']
  /** The business that a need belongs to. */
  organisation?(content: Content): string | undefined
}

/** What of a record matters for permission; one that is not published is hidden, whatever its draft says. */
export function resourceOf<Content>(
  type: RecordType,
  { id, published, working, archivedAt, withheld, ownerId }: StoredRecord<Content>,
  { visibility, organisation }: Rights<Content>,
): Resource {
  const content = published ?? working
  return {
    type,
    id,
    published: published !== null,
    archived: archivedAt !== null || withheld !== null,
    visibility: published ? visibility(published) : 'hidden',
    organisation: (content && organisation?.(content)) ?? null,
    ownerId,
  }
}
