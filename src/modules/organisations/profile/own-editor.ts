import { contextOf } from '../../../platform/http/context.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { CaseRepository } from '../../curation/index.js'
import type { OrganisationAccess } from '../access.service.js'
import { LISTING_CASES } from '../state.rules.js'
import type { ProfileEditor } from './editor.types.js'
import { profileCrumbs } from './hub.views.js'
import { notesOn } from './notes.views.js'
import type { ProfileService } from './profile.service.js'

export interface OwnEditorDeps {
  access: OrganisationAccess
  cases: CaseRepository
  profiles: ProfileService
}

/** The editor of a firm's or a business's own people: what they write waits until the park has agreed. */
export const ownEditor = ({ access, cases, profiles }: OwnEditorDeps): ProfileEditor => ({
  open: (req, res) => access.open(contextOf(res).actor, String(req.params.organisation), 'organisation:edit'),
  place: (organisation, _req, res) => {
    const context = contextOf(res)
    const at = { organisation: organisation.record.id }
    return {
      hub: context.url('organisations.profile', at),
      section: (section) => context.url('organisations.section', { ...at, section }),
      item: (section, item) => context.url('organisations.item', { ...at, section, item }),
      crumbs: (here) => profileCrumbs(organisation, context, here),
      nav: null,
      asksConsent: true,
    }
  },
  notes: async (organisation) => notesOn(organisation, await cases.latest(organisation.record.id, LISTING_CASES)),
  save: ({ record }, edit, { res, agreement }) => profiles.save(personOf(contextOf(res)), record.id, edit, agreement),
})
