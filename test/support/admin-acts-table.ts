import type { ROUTES } from '../../src/kernel/routes.js'
import type { AuditAction } from '../../src/platform/audit/audit.actions.js'
import type { RecordAction } from '../../src/platform/records/record.types.js'

/** Every form under `/admin`; a new one without a row below does not compile. */
export type AdminForm = {
  [K in keyof typeof ROUTES]: (typeof ROUTES)[K] extends { method: 'POST'; path: `/admin${string}` } ? K : never
}[keyof typeof ROUTES]

/** What a form leaves in the audit log when it is done; or why it leaves nothing. */
type Leaves = readonly (AuditAction | RecordAction)[] | { nothing: string }

const DECISIONS = ['case-approved', 'case-sent-back', 'case-rejected'] as const

export const ADMIN_FORMS: Record<AdminForm, Leaves> = {
  'admin.decide': [...DECISIONS, 'approve', 'introduction-remind', 'introduction-close'],
  'admin.decide-together': DECISIONS,
  'admin.save-case': ['case-approved', 'edit-and-approve'],
  'admin.assign': ['case.assign', 'case.release'],
  'admin.save-view': { nothing: 'his own way of looking at the queue' },
  'admin.drop-view': { nothing: 'his own way of looking at the queue' },
  'admin.add-reason': ['reason.add'],
  'admin.save-reason': ['reason.change', 'reason.move', 'reason.retire', 'reason.restore'],
  'admin.listing-enter': ['create'],
  'admin.listing-act': ['suspend', 'resume', 'archive', 'unarchive', 'feature', 'unfeature', 'renew'],
  'admin.listing-quick': ['change'],
  'admin.listing-owner': ['invitation-sent'],
  'admin.listing-save': ['change'],
  'admin.listing-save-item': ['change'],
  'admin.listing-restore': ['restore'],
  'admin.duplicate': ['duplicate.apart', 'duplicate.reopen'],
  'admin.merge-save': ['merge'],
  'admin.unmerge': ['unmerge'],
  'admin.upload-import': ['import.uploaded'],
  'admin.import-act': ['import.started', 'import.stopped', 'import.undo', 'import.forgotten'],
  'admin.person-act': [
    ...(['role-changed', 'suspended', 'suspension-ended', 'signed-out-everywhere', 'second-factor-reset'] as const),
  ],
  'admin.answer': ['answered'],
  'admin.search-act': { nothing: 'makes the indexes again of the same records' },
  'admin.taxonomy-add': { nothing: 'a draft, which counts once it is saved' },
  'admin.taxonomy-change': { nothing: 'a draft, which counts once it is saved' },
  'admin.taxonomy-end-draft': { nothing: 'a draft, which counts once it is saved' },
  'admin.taxonomy-save': [
    ...(['taxonomy.add', 'taxonomy.rename', 'taxonomy.move', 'taxonomy.change', 'taxonomy.words'] as const),
    ...(['taxonomy.merge', 'taxonomy.retire', 'taxonomy.lists', 'retag'] as const),
  ],
  'admin.taxonomy-save-lists': { nothing: 'a draft, which counts once it is saved' },
  'admin.taxonomy-dismiss': ['taxonomy.dismiss'],
  'admin.taxonomy-add-word': { nothing: 'a draft, which counts once it is saved' },
  'admin.taxonomy-restore': ['taxonomy.restore'],
  'admin.matching-save': ['weights.change'],
  'admin.matching-restore': ['weights.restore'],
  'admin.park-logo': ['park.change'],
  'admin.park-save': ['park.change'],
  'admin.park-restore': ['park.restore'],
  'admin.park-zone-retire': ['park.change', 'retag'],
  'admin.park-unit-move': ['park.change', 'retag'],
}
