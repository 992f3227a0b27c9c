import type { StaffRole } from '../../kernel/permissions.js'

// The source of every demonstration record; by it they are told apart and taken out.
export const DEMONSTRATION = 'demonstration'

/** Who can be signed in as over the demonstration data: one of each kind. */
export interface DemonstrationPerson {
  email: string
  name: string
  /** Own firm or business, by the id of its demonstration record. */
  owns?: { type: 'provider' | 'business'; externalId: string }
  staff?: StaffRole
}

export const DEMONSTRATION_PEOPLE: readonly DemonstrationPerson[] = [
  {
    email: 'business@demo.example',
    name: 'Trần Thị Bảy',
    owns: { type: 'business', externalId: 'demo-b-htx-khom-kinh-la' },
  },
  { email: 'firm@demo.example', name: 'Lê Quốc Phong', owns: { type: 'provider', externalId: 'demo-p-phu-sa-xanh' } },
  { email: 'curator@demo.example', name: 'Phạm Ngọc Diễm', staff: 'curator' },
  { email: 'administrator@demo.example', name: 'Võ Minh Khôi', staff: 'administrator' },
]

/** Of every demonstration person. It is printed at the start, so it is not a secret; the start in production is refused while they are there. */
export const DEMONSTRATION_PASSWORD = 'bong-dien-dien'
