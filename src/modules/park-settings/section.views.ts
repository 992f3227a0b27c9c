import type { FieldError } from '../../kernel/errors.js'
import { LANGUAGES, type Lang } from '../../kernel/text.js'
import { adminNav } from '../../platform/http/admin-nav.js'
import type { RequestContext } from '../../platform/http/context.js'
import { errorSummaryView, type FieldView, fieldView } from '../../platform/views/models/form.js'
import type { FieldGroup, Section, Values } from './sections/section.types.js'

/** One part of the settings as it is to be shown. */
export interface SectionPage {
  section: Section
  values: Values
  /** The version that the form is begun with. */
  seen: number
  errors?: readonly FieldError[]
  /** What stands there by now, when another has written it meanwhile. */
  meanwhile?: Values
  preview?: boolean
}

/** View model of `park/section.hbs`. */
export function sectionView({ section, values, seen, errors = [], ...page }: SectionPage, context: RequestContext) {
  const { t, url } = context
  const groups = groupViews(section.groups(context, values), { values, errors }, context)
  const fields = groups.flatMap((group) => group.fields)
  const uploads = fields.some(({ type }) => type === 'file')
  const heading = t(`settings.section.${section.name}.title`)
  return {
    title: errors.length > 0 ? t('settings.form.wrong', { title: heading }) : heading,
    noindex: true,
    nav: adminNav(context, 'admin.park'),
    breadcrumbs: { links: [{ href: url('admin.park'), label: t('settings.title') }], here: heading },
    heading,
    lead: t(`settings.section.${section.name}.lead`),
    action: uploads ? url('admin.park-logo') : url('admin.park-save', { section: section.name }),
    uploads,
    picture: values.file ? pictureView(values, context) : null,
    seen,
    errors: errorSummaryView(fields, errors, t),
    meanwhile: page.meanwhile ? { now: whatDiffers(section, { values, now: page.meanwhile }, context) } : null,
    groups,
    markdown: section.markdown,
    links: section.links?.(context) ?? [],
    previews: page.preview ? previews(values, context) : null,
    pageHref: url(section.seenAt),
    backHref: url('admin.park'),
    versionsHref: seen > 1 ? url('admin.park-versions', { section: section.name }) : null,
  }
}

export const groupViews = (
  groups: readonly FieldGroup[],
  { values, errors }: { values: Values; errors: readonly FieldError[] },
  { t }: RequestContext,
) =>
  groups.map(({ legend, hint, fields, hidden = [] }) => ({
    legend,
    hint: hint ?? null,
    hidden,
    fields: fields.map((spec) => fieldView(spec, values, errors, t)),
  }))

/** The picture that a form or a version is about. */
export const pictureView = (
  { file = '', width = '', height = '', ...values }: Values,
  { url, lang }: RequestContext,
) => ({
  ...{ src: url('park.logo', { file }), width, height },
  alt: values[`alt.${lang}`] ?? values['alt.vi'] ?? '',
})

/** What stands there now where it is not what was typed. */
function whatDiffers(section: Section, { values, now }: { values: Values; now: Values }, context: RequestContext) {
  const merged = { ...values, ...now }
  return fieldsOf(section, merged, context).flatMap(({ name, label }) =>
    values[name] === now[name] ? [] : [{ label, value: shownValue(section, name, now, context) }],
  )
}

/** Every field of a section that any of these values fills in. */
export const fieldsOf = (section: Section, values: Values, context: RequestContext): FieldView[] =>
  groupViews(section.groups(context, values), { values, errors: [] }, context).flatMap(({ fields }) => fields)

/** The value of a field as it is read; of a choice its words. Null where it is blank. */
export function shownValue(section: Section, name: string, values: Values, context: RequestContext): string | null {
  const field = fieldsOf(section, values, context).find((one) => one.name === name)
  const chosen = field?.options.find(({ checked }) => checked)
  return chosen?.label ?? values[name] ?? null
}

/** The words of both languages as the page will show them. */
function previews(values: Values, { t }: RequestContext) {
  return LANGUAGES.map((lang) => {
    const text = values[`text.${lang}`]
    return { heading: t(`settings.preview.${lang}`), words: text ? { text, lang: lang as Lang } : null }
  })
}
