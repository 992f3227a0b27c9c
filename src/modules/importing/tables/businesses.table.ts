import type { BusinessProfile } from '../../businesses/index.js'
import { businessesForm } from '../forms/businesses.form.js'
import { cell, flagCell, listCell } from './cells-out.rules.js'
import { column, type ListingTable, textColumns } from './listing-table.js'

export const businessesTable: ListingTable<BusinessProfile> = {
  form: businessesForm,
  columns: [
    ...textColumns<BusinessProfile>('name', (b) => b.name),
    column('kind', (b) => b.kind),
    column('taxCode', (b) => cell(b.taxCode)),
    column('sector', (b) => cell(b.sector)),
    column('ward', (b) => cell(b.ward)),
    column('sizeBand', (b) => cell(b.sizeBand)),
    ...textColumns<BusinessProfile>('tagline', (b) => b.tagline),
    ...textColumns<BusinessProfile>('description', (b) => b.description),
    column('tools', (b) => listCell(b.tools)),
    column('founded', (b) => cell(b.founded)),
    column('listed', (b) => flagCell(b.listed)),
  ],
  together: [],
}
