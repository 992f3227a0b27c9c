import { type Actor, visibleTo } from '../../kernel/permissions.js'
import type { Filter } from '../search/index.js'

/** The filter of every search: this park's records that `actor` may see. Archived and unpublished ones are not indexed. */
export function scopeFilter(actor: Actor, parkId: string): Filter {
  return {
    op: 'and',
    filters: [
      { op: 'eq', field: 'parkId', value: parkId },
      { op: 'in', field: 'visibility', values: visibleTo(actor).visibility },
    ],
  }
}
