import { LANGUAGES } from '../../kernel/text.js'
import { adminNav } from '../../platform/http/admin-nav.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'
import { compareFields, type FieldWords } from '../../platform/records/compare-fields.js'
import { fieldChangesView } from '../../platform/views/models/field-changes.js'
import type { ParkVersionRow } from '../parks/index.js'
import { versionOf } from './park-settings.service.js'
import { fieldsOf, pictureView, shownValue } from './section.views.js'
import type { Section, Values } from './sections/section.types.js'

/** Who is meant by an opaque id. */
type Who = (id: string) => string

export const valuesIn = ({ values }: ParkVersionRow): Values =>
  Object.fromEntries(values.map(({ field, value }) => [field, value]))

/** View model of `park/versions.hbs`. */
export function versionsView(
  { section, rows, who }: { section: Section; rows: readonly ParkVersionRow[]; who: Who },
  context: RequestContext,
) {
  const { t, url, park } = context
  const now = versionOf(park, section)
  const title = t('settings.versions.title', { section: t(`settings.section.${section.name}.title`) })
  return {
    title,
    noindex: true,
    nav: adminNav(context, 'admin.park'),
    breadcrumbs: crumbs(section, context, t('settings.versions.link')),
    lead: t('settings.versions.lead', { count: rows.length }),
    rows: rows.map((row) => ({
      href: url('admin.park-version', { section: section.name, version: row.version }),
      name: t('settings.versions.one', { version: row.version }),
      facts: [
        ...(row.version === now ? [t('settings.versions.now')] : []),
        ...whoAndWhen(row, who, context),
        ...(row.restored ? [t('settings.versions.restored', { version: row.restored })] : []),
      ],
    })),
    empty: { title: t('settings.versions.none'), text: t('settings.versions.noneText'), actions: [] },
  }
}

/** View model of `park/version.hbs`. */
export function versionView(
  { section, row, other, who }: { section: Section; row: ParkVersionRow; other: ParkVersionRow; who: Who },
  context: RequestContext,
) {
  const { t, url, park } = context
  const now = versionOf(park, section)
  const here = t('settings.versions.one', { version: row.version })
  const [before, after] = [other, row].map(valuesIn) as [Values, Values]
  return {
    title: `${t(`settings.section.${section.name}.title`)}: ${here}`,
    noindex: true,
    nav: adminNav(context, 'admin.park'),
    breadcrumbs: crumbs(section, context, here, {
      href: url('admin.park-versions', { section: section.name }),
      label: t('settings.versions.link'),
    }),
    heading: here,
    facts: [...(row.version === now ? [t('settings.versions.now')] : []), ...whoAndWhen(row, who, context)],
    compare: {
      action: url('admin.park-version', { section: section.name, version: row.version }),
      options: Array.from({ length: now }, (_, i) => now - i)
        .filter((version) => version !== row.version)
        .map((version) => ({
          value: String(version),
          label: t('settings.versions.one', { version }),
          checked: version === other.version,
        })),
    },
    changes:
      other.version === row.version
        ? null
        : {
            heading: t('settings.versions.compared', { version: other.version }),
            view: fieldChangesView(
              compareFields(wordsOf(section, before, context), wordsOf(section, after, context)),
              { before: t('settings.versions.one', { version: other.version }), after: here },
              context,
            ),
          },
    picture: after.file ? pictureView(after, context) : null,
    rows: wordsOf(section, after, context).map(({ label, values }) => ({ label, value: values[0]?.text ?? '' })),
    restore:
      row.version === now
        ? null
        : { action: url('admin.park-restore', { section: section.name, version: row.version }), seen: now },
  }
}

/** All that a version says, field by field. */
const wordsOf = (section: Section, values: Values, context: RequestContext): FieldWords[] =>
  fieldsOf(section, values, context).flatMap(({ name, label }) => {
    const text = shownValue(section, name, values, context)
    const lang = LANGUAGES.find((one) => name.endsWith(`.${one}`)) ?? context.lang
    return text === null ? [] : [{ field: name, label, values: [{ text, lang }] }]
  })

function whoAndWhen({ at, by, version }: ParkVersionRow, who: Who, { t, lang, park }: RequestContext): string[] {
  if (version === 1) return [t('settings.versions.first')]
  return [formatDate(lang, at, park.timeZone), who(by)]
}

const crumbs = (
  section: Section,
  { t, url }: RequestContext,
  here: string,
  above?: { href: string; label: string },
) => ({
  links: [
    { href: url('admin.park'), label: t('settings.title') },
    { href: url('admin.park-section', { section: section.name }), label: t(`settings.section.${section.name}.title`) },
    ...(above ? [above] : []),
  ],
  here,
})
