import type { Page } from '../../../kernel/pagination.js'
import { can } from '../../../kernel/permissions.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { paginationView } from '../../../platform/views/models/lists.js'
import { asWeighed, type WeightsRow, type WeightsVersion } from '../../matching/index.js'
import { WEIGHT_GROUPS } from '../form/weight-fields.js'
import { shownWeights } from '../form/weight-values.js'
import { fieldDoes, fieldName, figureChanges, figureWords, madeFacts, type Who } from '../weights.words.js'

interface Hub {
  inForce: WeightsVersion
  /** Of this page, the newest first, and one more where there is an older one. */
  rows: readonly WeightsRow[]
  page: Page
  who: Who
}

/** View model of `admin/matching.hbs`: what counts and how much, and every version there was. */
export function hubView({ inForce, rows, page, who }: Hub, context: RequestContext) {
  const { t, url, actor } = context
  const changes = can(actor, 'admin:change-matching')
  const figures = shownWeights(inForce)
  return {
    title: t('weighing.title'),
    noindex: true,
    nav: adminNav(context, 'admin.matching'),
    lead: t('weighing.lead', { version: inForce.version }),
    change: changes ? { href: url('admin.matching-change'), label: t('weighing.change') } : null,
    readOnly: changes ? null : t('weighing.readOnly'),
    publicHref: url('ranking'),
    groups: WEIGHT_GROUPS.map(({ name, fields }) => ({
      id: `weights-${name}`,
      heading: t(`weighing.groups.${name}.title`),
      text: t(`weighing.groups.${name}.text`),
      rows: fields.map((field) => ({
        name: fieldName(field, context),
        does: fieldDoes(field, context),
        value: figureWords(field, figures[field.path] ?? 0, context),
      })),
    })),
    versions: rows.slice(0, page.size).map((row, index) => versionRow(row, rows[index + 1], { inForce, who, changes })),
    pagination: paginationView(page, (to) => url('admin.matching', {}, { page: to })),
  }

  function versionRow(
    row: WeightsRow,
    before: WeightsRow | undefined,
    { inForce, who, changes }: { inForce: WeightsVersion; who: Who; changes: boolean },
  ) {
    const { version } = row
    const current = version === inForce.version
    return {
      title: t('weighing.versions.one', { version }),
      facts: [...(current ? [t('weighing.versions.inForce')] : []), ...madeFacts(row, who, context)],
      note: row.note ?? null,
      changes: before
        ? figureChanges(shownWeights(asWeighed(before)), shownWeights(asWeighed(row)), context).map((one) =>
            t('weighing.versions.changed', { ...one }),
          )
        : [],
      back:
        changes && !current
          ? {
              action: url('admin.matching-restore', { version }),
              seen: inForce.version,
              label: t('weighing.versions.restore', { version }),
              look: url('admin.matching-change', {}, { from: version }),
              lookLabel: t('weighing.versions.look', { version }),
            }
          : null,
    }
  }
}
