import type { Connection } from 'mongoose'
import type { Clock } from '../../kernel/clock.js'
import type { Audit } from '../../platform/audit/audit.repository.js'
import type { Mailing } from '../../platform/mail/mailing.js'
import type { Outbox } from '../../platform/mail/outbox.repository.js'
import type { Change } from '../../platform/records/change.repository.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { Guessing } from '../accounts/index.js'
import type { CaseRepository } from '../curation/index.js'
import { lookalikeRepository } from '../duplicates/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { organisationAccess } from './access.service.js'
import { invitationRepository } from './invitations/invitations.repository.js'
import { invitationPages } from './invitations/invitations.routes.js'
import { invitationsService } from './invitations/invitations.service.js'
import { membersPages } from './members/members.routes.js'
import { membersService } from './members/members.service.js'
import type { MembershipRepository } from './memberships.repository.js'
import { ownPages } from './own-pages/own.routes.js'
import { hubPages } from './profile/hub.routes.js'
import { itemPages } from './profile/item.routes.js'
import { ownEditor } from './profile/own-editor.js'
import { profileService } from './profile/profile.service.js'
import { sectionPages } from './profile/section.routes.js'
import { newPages } from './registering/new.routes.js'
import { registeringService } from './registering/registering.service.js'

export interface OrganisationPagesDeps extends Mailing {
  db: Connection
  records: RecordRepository
  change: Change
  memberships: MembershipRepository
  cases: CaseRepository
  audit: Audit
  people: PeopleRepository
  guessing: Guessing
  outbox: Outbox
  taxonomy(): TaxonomyView
  clock: Clock
}

/** Everything that the people of a firm or a business do there. */
export function organisationPages(deps: OrganisationPagesDeps) {
  const access = organisationAccess(deps)
  const profiles = profileService({ ...deps, access })
  const registering = registeringService({ ...deps, lookalikes: lookalikeRepository(deps.db) })
  const invitationRows = invitationRepository(deps.db, deps.clock)
  const invitations = invitationsService({ ...deps, access, invitations: invitationRows })
  const editor = ownEditor({ ...deps, access, profiles })
  const sections = sectionPages({ ...deps, editor })
  const items = itemPages({ ...deps, editor })
  const members = membersService({ ...deps, access })
  return {
    ...ownPages({ ...deps, access, invitationRows }),
    ...newPages({ ...deps, registering }),
    ...hubPages({ ...deps, access, profiles }),
    'organisations.section': sections.show,
    'organisations.save': sections.save,
    'organisations.item': items.show,
    'organisations.save-item': items.save,
    ...membersPages({ ...deps, access, members, invitations }),
    ...invitationPages({ ...deps, access, invitations, invitationRows }),
  }
}
