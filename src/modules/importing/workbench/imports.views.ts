import type { FieldError } from '../../../kernel/errors.js'
import type { Page } from '../../../kernel/pagination.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatRelative } from '../../../platform/i18n/formats.js'
import type { Translate } from '../../../platform/i18n/translator.js'
import { errorSummaryView, type FieldSpec, type FieldView, fieldView } from '../../../platform/views/models/form.js'
import { paginationView } from '../../../platform/views/models/lists.js'
import { TABLE_KINDS, TABLES } from '../tables/index.js'
import { mappableNames } from './headers.rules.js'
import { BLANKS, type ImportRow, KEYS } from './imports.types.js'
import { fieldLabel } from './problems.views.js'

interface ImportsPage {
  found: readonly ImportRow[]
  page: Page
  typed: Readonly<Record<string, unknown>>
  errors: readonly FieldError[]
  now: Date
}

/** View model of `admin/imports.hbs`. */
export function importsView({ found, page, typed, errors, now }: ImportsPage, context: RequestContext) {
  const { t, url, lang } = context
  const kind = fieldView(kindField(t), { kind: typed.kind ?? 'providers' }, errors, t)
  const file = withErrors(fieldView(fileField(t), {}, [], t), errors, t)
  return {
    title: t('importing.list.title'),
    noindex: true,
    nav: adminNav(context, 'admin.imports'),
    lead: t('importing.list.lead'),
    exportHref: `${url('admin.listings')}#export`,
    action: url('admin.upload-import'),
    errors: errorSummaryView([kind, file], errors, t),
    kind,
    file,
    rows: found.map((row) => ({
      href: url('admin.import', { import: row._id }),
      name: importName(row, t),
      facts: [
        t(`importing.kinds.${row.kind}`),
        t('importing.list.rows', { count: row.rows }),
        t(`importing.states.${row.state}`),
        formatRelative(lang, row.createdAt, now),
      ],
    })),
    pagination: paginationView(page, (to) => url('admin.imports', {}, { page: to })),
  }
}

export const importName = (row: ImportRow, t: Translate) => row.fileName || t('importing.list.unnamed')

/** What is said of an import that was given up; its id finds the cause in the log. */
export const troubleOf = (row: ImportRow, t: Translate): string | null =>
  row.gaveUp ? t('importing.trouble', { id: row._id }) : null

const kindField = (t: Translate): FieldSpec => ({
  ...{ name: 'kind', label: t('importing.upload.kind'), type: 'choices' },
  options: TABLE_KINDS.map((value) => ({ value, label: t(`importing.kinds.${value}`) })),
})

const fileField = (t: Translate): FieldSpec => ({
  ...{ name: 'file', label: t('importing.upload.file'), hint: t('importing.upload.hint'), type: 'table' },
})

/** Why a file cannot be read is said in words of its own, not in those of other fields. */
function withErrors(field: FieldView, errors: readonly FieldError[], t: Translate): FieldView {
  const error = errors.find((one) => one.field === field.name)
  if (!error) return field
  const described = [field.describedBy, `${field.id}-error`].filter(Boolean).join(' ')
  return { ...field, error: t(`importing.unreadable.${error.code}`, error.params), describedBy: described }
}

interface ColumnsPage {
  row: ImportRow
  sample: readonly string[][]
  errors: readonly FieldError[]
}

/** Of a sample cell, so much is shown. */
const SAMPLE = 60

/** View model of `admin/import-columns.hbs`. */
export function columnsView({ row, sample, errors }: ColumnsPage, context: RequestContext) {
  const { t, url } = context
  const options = [
    { value: '', label: t('importing.mapping.none') },
    ...mappableNames(TABLES[row.kind]).map((value) => ({ value, label: fieldLabel(t, value) })),
  ]
  const columns = row.columns.map((name, i) => {
    const examples = sample.map((cells) => cells[i]?.trim().slice(0, SAMPLE)).filter(Boolean)
    const spec: FieldSpec = {
      ...{
        name: `column-${i}`,
        label: name || t('importing.mapping.unnamed', { number: i + 1 }),
        type: 'select',
        options,
      },
      ...(examples.length > 0 && { hint: t('importing.mapping.example', { examples: examples.join(' · ') }) }),
    }
    return fieldView(spec, { [spec.name]: row.mapping[i] ?? '' }, errors, t)
  })
  const choice = (name: 'key' | 'blanks', values: readonly string[]) =>
    fieldView(
      {
        ...{ name, label: t(`importing.mapping.${name}`), type: 'choices' },
        options: values.map((value) => ({ value, label: t(`importing.${name}.${value}`) })),
      },
      { [name]: row[name] },
      errors,
      t,
    )
  const key = choice('key', KEYS)
  const blanks = choice('blanks', BLANKS)
  return {
    title: t('importing.mapping.title'),
    noindex: true,
    nav: adminNav(context, 'admin.imports'),
    breadcrumbs: {
      links: [{ href: url('admin.imports'), label: t('importing.list.title') }],
      here: importName(row, t),
    },
    lead: t('importing.mapping.lead', { count: row.rows, name: importName(row, t) }),
    trouble: troubleOf(row, t),
    action: url('admin.import-act', { import: row._id, act: 'columns' }),
    errors: errorSummaryView([...columns, key, blanks], errors, t),
    columns,
    key,
    blanks,
  }
}
