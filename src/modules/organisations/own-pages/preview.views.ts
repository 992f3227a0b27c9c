import type { RequestContext } from '../../../platform/http/context.js'
import { nameOf } from '../names.rules.js'
import type { Organisation } from '../organisation.types.js'

/** What stands around the page as visitors would see it. */
export function previewFrame(organisation: Organisation, { t, url, lang }: RequestContext) {
  const { record, role } = organisation
  const at = { organisation: record.id }
  const name = nameOf(organisation, lang).text
  return {
    title: t('organisations.preview.title', { name }),
    noindex: true,
    structuredData: null,
    breadcrumbs: {
      links: [
        { href: url('organisations.list'), label: t('organisations.list.title') },
        { href: url('organisations.show', at), label: name },
      ],
      here: t('organisations.preview.here'),
    },
    told: t(record.working === null ? 'organisations.preview.same' : 'organisations.preview.differs'),
    editHref: role === 'owner' || role === 'editor' ? url('organisations.profile', at) : null,
  }
}
