import { fold } from '../../../platform/search/index.js'
import { type BusinessProfile, businessProfile } from '../../businesses/index.js'
import { type Cells, given } from '../cells.js'
import { anyText, type RecordForm } from './record-form.js'
import { sizeBand } from './size-band.js'

/** Businesses of the trades. They are listed in public only where the file says so (`listed`). */
export const businessesForm: RecordForm<BusinessProfile> = {
  type: 'business',
  schema: businessProfile,
  fields: [
    ...['externalId', 'name', 'kind', 'sector', 'taxCode', 'ward', 'sizeBand', 'employees', 'tagline', 'description'],
    ...['tools', 'founded', 'listed'],
  ],
  texts: ['name', 'tagline', 'description'],
  aliases: { sectors: 'sector', wards: 'ward' },
  origins: { sizeBand: ['sizeBand', 'employees'] },
  identity: (profile) => [profile.name, profile.description],
  slugFrom: (profile) => anyText(profile.name),
  assemble: (cells, lookup) =>
    given({
      name: cells.text('name'),
      kind: cells.word('kind')?.toLowerCase() ?? kindByName(cells),
      sector: cells.found('sector', lookup.sector),
      taxCode: cells.taxCode('taxCode'),
      ward: cells.found('ward', lookup.ward, 'ward'),
      sizeBand: sizeBand(cells, lookup),
      tagline: cells.text('tagline'),
      description: cells.text('description'),
      tools: cells.words('tools'),
      founded: cells.integer('founded'),
      listed: cells.flag('listed'),
    }),
}

/** Co-operatives, household businesses and public bodies carry their form in their name; what carries none is an enterprise. */
function kindByName(cells: Cells): BusinessProfile['kind'] {
  const name = fold(Object.values(cells.text('name') ?? {}).join(' '))
  if (/\b(hop tac xa|htx|co-?operative)\b/.test(name)) return 'cooperative'
  if (/\b(ho kinh doanh|hkd|household business)\b/.test(name)) return 'household'
  if (/^(uy ban nhan dan|ubnd|so|truong (tieu hoc|trung hoc|thcs|thpt))\b/.test(name)) return 'public-body'
  return 'enterprise'
}
