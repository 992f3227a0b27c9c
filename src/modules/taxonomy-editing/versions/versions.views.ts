import type { Page } from '../../../kernel/pagination.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { paginationView } from '../../../platform/views/models/lists.js'
import type { TaxonomyDeed, TaxonomyVersion, TaxonomyView, TermKind } from '../../taxonomy/index.js'
import { differencesOf } from '../acts/differences.rules.js'
import type { RetagsView } from '../retagging/retags.views.js'
import { taxonomyHead } from '../taxonomy-nav.js'
import { differenceViews } from './differences.views.js'

interface VersionsPage {
  versions: readonly TaxonomyVersion[]
  page: Page
  /** Of people who are still there, by id. */
  who: (id: string) => string
  taxonomy: TaxonomyView
}

/** View model of `admin/taxonomy-versions.hbs`. */
export function versionsView({ versions, page, who, taxonomy }: VersionsPage, context: RequestContext) {
  const { t, url } = context
  return {
    ...taxonomyHead(context, 'admin.taxonomy-versions'),
    title: t('vocabulary.versions.title'),
    lead: t('vocabulary.versions.lead'),
    rows: versions.map((row) => ({
      href: url('admin.taxonomy-version', { version: row.version }),
      title: t('vocabulary.versions.row', { version: row.version, what: deedWords(row.deed, taxonomy, context) }),
      facts: madeFacts(row, who, context),
    })),
    pagination: paginationView(page, (to) => url('admin.taxonomy-versions', {}, { page: to })),
  }
}

interface VersionPage {
  row: TaxonomyVersion & { taxonomy: TaxonomyView['taxonomy'] }
  /** The version it is compared with; null of the first. */
  compared: { version: number; taxonomy: TaxonomyView['taxonomy'] } | null
  who: (id: string) => string
  retags: RetagsView | null
  taxonomy: TaxonomyView
}

/** View model of `admin/taxonomy-version.hbs`: what a version differs in from another, the one before if none is named. */
export function versionView({ row, compared, who, retags, taxonomy }: VersionPage, context: RequestContext) {
  const { t, url } = context
  const newest = taxonomy.taxonomy.version
  const title = t('vocabulary.versions.row', { version: row.version, what: deedWords(row.deed, taxonomy, context) })
  return {
    ...taxonomyHead(context, null),
    title,
    breadcrumbs: {
      links: [{ href: url('admin.taxonomy-versions'), label: t('vocabulary.versions.title') }],
      here: t('vocabulary.versions.number', { version: row.version }),
    },
    facts: madeFacts(row, who, context),
    retags,
    inForce: row.version === newest,
    compare: {
      action: url('admin.taxonomy-version', { version: row.version }),
      with: compared?.version ?? '',
      newest,
    },
    heading: compared
      ? t('vocabulary.versions.against', { version: compared.version })
      : t('vocabulary.versions.first'),
    // The older one stands on the left, whichever was asked for.
    differences: compared
      ? differenceViews(
          compared.version < row.version
            ? differencesOf(compared.taxonomy, row.taxonomy)
            : differencesOf(row.taxonomy, compared.taxonomy),
          taxonomy.taxonomy,
          context,
        )
      : [],
    restoreAction: url('admin.taxonomy-restore', { version: row.version }),
  }
}

/** "Gộp Hóa đơn vào Kế toán": what was done, in words. */
export function deedWords(deed: TaxonomyDeed | undefined, taxonomy: TaxonomyView, { t, lang }: RequestContext): string {
  if (!deed) return t('vocabulary.deeds.shipped')
  const { kind, id, name, successor, ...rest } = deed.details
  const nameOf = (of: string | undefined) => (of && kind ? taxonomy.name(kind as TermKind, of, lang) : '')
  return t(`vocabulary.deeds.${deed.act}`, { ...rest, name: name ?? nameOf(id), successor: nameOf(successor) })
}

function madeFacts({ at, by }: TaxonomyVersion, who: VersionPage['who'], { lang, park }: RequestContext) {
  return [formatDate(lang, at, park.timeZone), ...(by === undefined ? [] : [who(by)])]
}
