import { businessesTable } from './businesses.table.js'
import type { ListingTable } from './listing-table.js'
import { providersTable } from './providers.table.js'

export const TABLES = {
  providers: providersTable as unknown as ListingTable<unknown>,
  businesses: businessesTable as unknown as ListingTable<unknown>,
} as const

/** What the workbench imports and exports. */
export type TableKind = keyof typeof TABLES

export const TABLE_KINDS = Object.keys(TABLES) as [TableKind, ...TableKind[]]
