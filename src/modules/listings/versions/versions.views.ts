import { wordsOfAction } from '../../../platform/audit/audit.actions.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { compareFields, type FieldWords } from '../../../platform/records/compare-fields.js'
import type { VersionRow } from '../../../platform/records/record.model.js'
import { fieldChangesView } from '../../../platform/views/models/field-changes.js'
import { fieldView } from '../../../platform/views/models/form.js'
import { listingFields, nameOf } from '../../reviewing/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { LONGEST_WHY } from '../acts/acts.schemas.js'
import { contentOf, type Listing, type Profile } from '../listing.types.js'
import { stateWords } from './state.words.js'
import type { VersionLine } from './versions.repository.js'

/** When something was done, to the minute: several versions may be of one day. */
export function momentWords(at: Date, { lang, park }: RequestContext): string {
  const time = new Intl.DateTimeFormat(lang, { timeZone: park.timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
  return `${formatDate(lang, at, park.timeZone)}, ${time}`
}

/** What is told of a version in a line. */
export function lineView(line: VersionLine, who: (id: string) => string, context: RequestContext) {
  const { t } = context
  return {
    version: line.version,
    action: t(wordsOfAction(line.action ?? 'change')),
    facts: [who(line.by), momentWords(line.at, context)],
    // Reasons that the product has given itself are for operators.
    why: WRITTEN.includes(line.action) ? line.why : '',
  }
}

/** Acts whose reason was written by somebody. */
const WRITTEN: readonly string[] = [
  'suspend',
  'resume',
  'archive',
  'unarchive',
  'feature',
  'unfeature',
  'renew',
  'restore',
]

interface ComparePage {
  listing: Listing
  from: VersionRow
  to: VersionRow
  who: (id: string) => string
  taxonomy: TaxonomyView
  why: string
  warning: string | null
}

/** View model of `admin/listing-versions.hbs`: two versions against each other, and going back to the earlier one. */
export function compareView(page: ComparePage, context: RequestContext) {
  const { listing, from, to, who } = page
  const { t, url } = context
  const { record } = listing
  const at = { listing: record.id }
  const content = contentOf(record)
  const name = content ? nameOf(content, context.lang) : { text: t('listings.nameless'), lang: context.lang }
  const words = (row: VersionRow): FieldWords[] => {
    const said = (row.working ?? row.published) as Profile | null
    const fields = said ? listingFields(said, { context, taxonomy: page.taxonomy }) : []
    return [...stateWords(row, context), ...fields]
  }
  const labels = {
    before: t('listings.versions.number', { number: from.version }),
    after: t('listings.versions.number', { number: to.version }),
  }
  const changes = fieldChangesView(compareFields(words(from), words(to)), labels, context)
  return {
    title: t('listings.versions.compareTitle', { from: from.version, to: to.version }),
    noindex: true,
    nav: adminNav(context, 'admin.listings'),
    breadcrumbs: {
      links: [
        { href: url('admin.listings'), label: t('listings.list.title') },
        { href: url('admin.listing', at), label: name.text },
      ],
      here: t('listings.versions.heading'),
    },
    name,
    sides: [from, to].map((row) => lineView(row, who, context)),
    changes: changes.changes.length > 0 ? changes : null,
    warning: page.warning,
    restore:
      listing.own || record.mergedInto || from.version === record.version
        ? null
        : {
            action: url('admin.listing-restore', { ...at, version: from.version }, { to: to.version }),
            heading: t('listings.versions.restore', { number: from.version }),
            version: record.version,
            field: fieldView(
              { name: 'why', label: t('listings.why'), type: 'textarea', maxlength: LONGEST_WHY, required: false },
              { why: page.why },
              [],
              t,
            ),
          },
    backHref: `${url('admin.listing', at)}#versions`,
  }
}
