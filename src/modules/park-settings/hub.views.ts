import { pickText } from '../../kernel/text.js'
import { adminNav } from '../../platform/http/admin-nav.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'
import type { Section } from './sections/section.types.js'
import { SECTIONS } from './sections/sections.js'

const AREAS = ['park', 'pages', 'rules'] as const satisfies readonly Section['area'][]

/** View model of `park/hub.hbs`. */
export function hubView(context: RequestContext) {
  const { t, url, park, lang } = context
  return {
    title: t('settings.title'),
    noindex: true,
    nav: adminNav(context, 'admin.park'),
    lead: t('settings.lead', { park: pickText(park.name, lang)?.text ?? '' }),
    areas: AREAS.flatMap((area) => {
      const rows = SECTIONS.filter((section) => section.area === area).map((section) => ({
        href: url('admin.park-section', { section: section.name }),
        name: t(`settings.section.${section.name}.title`),
        summary: t(`settings.section.${section.name}.lead`),
        facts: changedWords(section, context),
      }))
      return rows.length > 0 ? [{ id: area, heading: t(`settings.area.${area}`), rows }] : []
    }),
  }
}

/** Since when it stands, and that nobody has touched it where that is so. */
function changedWords({ name }: Section, { t, lang, park }: RequestContext): string[] {
  const changed = park.sections?.[name]
  return [
    changed
      ? t('settings.changed', { date: formatDate(lang, changed.at, park.timeZone), version: changed.version })
      : t('settings.asShipped'),
  ]
}
