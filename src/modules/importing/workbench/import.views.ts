import type { Page } from '../../../kernel/pagination.js'
import { type LocalText, pickText } from '../../../kernel/text.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate, formatNumber } from '../../../platform/i18n/formats.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import { fieldView } from '../../../platform/views/models/form.js'
import { paginationView } from '../../../platform/views/models/lists.js'
import { reasonText } from '../importing.views.js'
import { TABLES } from '../tables/index.js'
import { FATES, type ImportRow, MODES, type StagedRow, WORKING_STATES } from './imports.types.js'
import { importName, troubleOf } from './imports.views.js'
import { fieldLabel } from './problems.views.js'

interface ImportPage {
  row: ImportRow
  /** Which rows are shown. */
  rows: 'bad' | 'all'
  /** Null where there are none to be shown. */
  shown: { found: readonly StagedRow[]; page: Page } | null
  records: Pick<RecordRepository, 'byIds'>
  now: Date
}

/** Of a cell, so much is shown. */
const CELL = 120

/** View model of `admin/import.hbs`. */
export async function importView({ row, rows, shown, records }: ImportPage, context: RequestContext) {
  const { t, url, lang, park } = context
  const number = (value: number) => formatNumber(lang, value)
  const here = url('admin.import', { import: row._id })
  const act = (name: string) => url('admin.import-act', { import: row._id, act: name })
  const working = WORKING_STATES.includes(row.state)
  const total = row.state === 'undoing' ? row.done.added + row.done.changed : row.rows
  const passed = row.state === 'undoing' ? row.undone + row.left : row.cursor
  const good = row.counts.added + row.counts.changed
  const ready = row.state === 'ready'
  const written = row.state === 'done' || row.state === 'stopped' || row.state === 'undone'
  return {
    title: t(`importing.headings.${row.state}`),
    noindex: true,
    nav: adminNav(context, 'admin.imports'),
    breadcrumbs: {
      links: [{ href: url('admin.imports'), label: t('importing.list.title') }],
      here: importName(row, t),
    },
    lead: t(`importing.leads.${row.state}`, { rows: number(row.rows), kind: t(`importing.kinds.${row.kind}`) }),
    trouble: troubleOf(row, t),
    progress: working
      ? {
          href: here,
          passed,
          total: Math.max(total, 1),
          words: t('importing.progress', { passed: number(passed), total: number(total) }),
          cancel: row.state === 'undoing' ? null : act('cancel'),
        }
      : null,
    counts: ready
      ? FATES.map((fate) => ({ label: t(`importing.fates.${fate}`), value: number(row.counts[fate]) }))
      : written
        ? resultFacts(row, context)
        : [],
    badHref:
      !row.erased && row.counts.bad + row.done.bad > 0 ? url('admin.import-bad-rows', { import: row._id }) : null,
    columnsHref: ready ? url('admin.import-columns', { import: row._id }) : null,
    commit:
      ready && good > 0
        ? {
            action: act('commit'),
            seen: row.named,
            mode: fieldView(
              {
                ...{ name: 'mode', label: t('importing.commit.mode'), type: 'choices' },
                options: MODES.filter(
                  (value) => value === row.mode || (row.counts.added > 0 && row.counts.changed > 0),
                ).map((value) => ({
                  value,
                  label: t(`importing.modes.${value}`, {
                    added: number(row.counts.added),
                    changed: number(row.counts.changed),
                  }),
                })),
              },
              { mode: row.mode },
              [],
              t,
            ),
          }
        : null,
    nothing: ready && good === 0 ? t('importing.commit.nothing') : null,
    listingsHref:
      row.state === 'done' && row.done.added + row.done.changed > 0
        ? url('admin.listings', {}, { sort: row.done.added > 0 ? 'created' : 'updated' })
        : null,
    undo: row.state === 'done' || row.state === 'stopped' ? act('undo') : null,
    left: row.state === 'undone' && row.left > 0 ? await leftView(row, records, context) : null,
    table: shown && tableView(row, rows, shown, context),
    kept: row.erased
      ? t('importing.kept.erased')
      : t('importing.kept.until', { day: formatDate(lang, row.eraseAt, park.timeZone) }),
  }
}

function resultFacts(row: ImportRow, { t, lang }: RequestContext) {
  const fact = (key: string, value: number) => ({
    label: t(`importing.results.${key}`),
    value: formatNumber(lang, value),
  })
  const { added, changed, unchanged, archived, bad, skipped } = row.done
  return [
    fact('added', added),
    fact('changed', changed),
    fact('unchanged', unchanged),
    ...(archived > 0 ? [fact('archived', archived)] : []),
    ...(skipped > 0 ? [fact('skipped', skipped)] : []),
    fact('bad', bad),
    ...(row.state === 'stopped' ? [fact('notReached', row.rows - row.cursor)] : []),
    ...(row.state === 'undone' ? [fact('undone', row.undone), fact('left', row.left)] : []),
  ]
}

/** Listings that the undo has left, since somebody has changed them after the import. */
async function leftView(row: ImportRow, records: ImportPage['records'], { t, url, lang }: RequestContext) {
  const found = await records.byIds<{ name: LocalText }>(TABLES[row.kind].form.type, row.leftIds)
  return {
    title: t('importing.left.title', { count: row.left }),
    rows: found.map((record) => ({
      href: url(row.kind === 'providers' ? 'providers.show' : 'businesses.show', { slug: record.slug }),
      name: pickText(record.published?.name, lang)?.text ?? record.slug,
    })),
  }
}

function tableView(
  row: ImportRow,
  rows: 'bad' | 'all',
  { found, page }: NonNullable<ImportPage['shown']>,
  context: RequestContext,
) {
  const { t, url } = context
  const used = row.columns.flatMap((name, index) => {
    const target = row.mapping[index]
    return target ? [{ index, target, field: target.replace(/_(vi|en)$/, ''), name }] : []
  })
  const left = row.columns.filter((_, i) => !row.mapping[i])
  const link = (which: 'bad' | 'all', label: string) => ({
    href: url('admin.import', { import: row._id }, { rows: which }),
    label,
    on: rows === which,
  })
  return {
    filters: {
      label: t('importing.preview.filter'),
      chips: [link('bad', t('importing.preview.bad')), link('all', t('importing.preview.all'))],
    },
    unused:
      left.length > 0 ? t('importing.preview.unused', { columns: left.map((name) => name || '–').join(', ') }) : null,
    columns: used.map(({ name, target }) => ({ name, field: fieldLabel(t, target) })),
    rows: found.map(({ line, cells, problems }) => ({
      line: String(line),
      problem: problems
        .filter(({ field }) => !used.some((column) => column.field === field))
        .map((p) => reasonText(t, p))
        .join(' '),
      cells: used.map(({ index, field }) => ({
        text: short(cells[index] ?? ''),
        problem: problems
          .filter((p) => p.field === field)
          .map((p) => reasonText(t, p))
          .join(' '),
      })),
    })),
    empty: rows === 'bad' ? t('importing.preview.noBad') : null,
    pagination: paginationView(page, (to) => url('admin.import', { import: row._id }, { rows, page: to })),
  }
}

const short = (text: string) => (text.length > CELL ? `${text.slice(0, CELL)}…` : text)
