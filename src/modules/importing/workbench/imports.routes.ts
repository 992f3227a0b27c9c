import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { Request, Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { type FieldError, NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { LARGEST_TABLE, sentTable } from '../../../platform/http/uploads-table.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import { neutral } from '../neutral.rules.js'
import { importView } from './import.views.js'
import { act, columnsForm, commitForm, listQuery, rowsQuery, uploadForm } from './imports.schemas.js'
import type { ImportService } from './imports.service.js'
import type { ImportRow } from './imports.types.js'
import { columnsView, importsView } from './imports.views.js'
import { cellProblems } from './problems.views.js'

export interface ImportPagesDeps {
  importing: ImportService
  records: Parameters<typeof importView>[0]['records']
  clock: Clock
}

type Route =
  | 'admin.imports'
  | 'admin.upload-import'
  | 'admin.import'
  | 'admin.import-columns'
  | 'admin.import-bad-rows'
  | 'admin.import-act'

const PAGE = 50
const IMPORTS = 20

/** Tables that come in: upload, name the columns, look, write, and take back. */
export function importPages({ importing, records, clock }: ImportPagesDeps): Record<Route, Handler> {
  const found = (req: Request, res: Response) => importing.find(contextOf(res).park.id, String(req.params.import))

  async function showImports(req: Request, res: Response, errors: readonly FieldError[] = []) {
    const context = contextOf(res)
    const list = await importing.list(context.park.id, readPageQuery(listQuery, req).page, IMPORTS)
    const view = importsView({ ...list, typed: req.body ?? {}, errors, now: clock() }, context)
    return render(res, 'admin/imports', view, { status: errors.length > 0 ? 422 : 200 })
  }

  function showColumns(res: Response, row: ImportRow, sample: readonly string[][], errors: readonly FieldError[] = []) {
    const view = columnsView({ row, sample, errors }, contextOf(res))
    return render(res, 'admin/import-columns', view, { status: errors.length > 0 ? 422 : 200 })
  }

  const sampleOf = async (row: ImportRow) => {
    const { found: rows } = await importing.rows(row, 'all', 1, 3)
    return rows.map(({ cells }) => cells)
  }

  const acts = {
    columns: async (req: Request, res: Response, row: ImportRow) => {
      const context = contextOf(res)
      const body = (req.body ?? {}) as Record<string, unknown>
      const mapping = row.columns.map((_, i) => String(body[`column-${i}`] ?? '') || null)
      const form = readForm(columnsForm, req)
      if (!form.ok) return showColumns(res, { ...row, mapping }, await sampleOf(row), form.errors)
      const named = await importing.nameColumns(personOf(context), row, { mapping, ...form.value })
      if (!named.ok) return showColumns(res, { ...row, mapping, ...form.value }, await sampleOf(row), [named.error])
      return res.redirect(303, context.url('admin.import', { import: row._id }))
    },
    commit: async (req: Request, res: Response, row: ImportRow) => {
      const context = contextOf(res)
      const form = readForm(commitForm, req)
      const begun = form.ok && (await importing.commit(personOf(context), row, form.value))
      if (!begun) giveNotice(req, 'importing.notices.lookAgain')
      return res.redirect(303, context.url('admin.import', { import: row._id }))
    },
    cancel: async (req: Request, res: Response, row: ImportRow) => {
      const context = contextOf(res)
      await importing.cancel(personOf(context), row)
      giveNotice(req, 'importing.notices.stopped')
      return res.redirect(303, context.url('admin.import', { import: row._id }))
    },
    undo: async (_req: Request, res: Response, row: ImportRow) => {
      const context = contextOf(res)
      await importing.undo(personOf(context), row)
      return res.redirect(303, context.url('admin.import', { import: row._id }))
    },
  }

  return {
    'admin.imports': (req, res) => showImports(req, res),
    'admin.upload-import': async (req, res) => {
      const context = contextOf(res)
      const form = readForm(uploadForm, req)
      const file = sentTable(req, 'file')
      const errors: FieldError[] = form.ok ? [] : [...form.errors]
      if (!file) errors.push({ field: 'file', code: 'noFile' })
      else if (file.tooLarge)
        errors.push({ field: 'file', code: 'tooLarge', params: { megabytes: LARGEST_TABLE / 2 ** 20 } })
      if (!form.ok || !file || errors.length > 0) return showImports(req, res, errors)
      const { path, name } = file
      const upload = { kind: form.value.kind, path, name }
      const result = await importing.upload(personOf(context), context.park.id, upload)
      if (!result.ok) return showImports(req, res, [result.error])
      return res.redirect(303, context.url('admin.import-columns', { import: result.id }))
    },
    'admin.import-columns': async (req, res) => {
      const context = contextOf(res)
      const row = await found(req, res)
      // Once rows have been written the columns are history.
      if (row.erased || (row.state !== 'mapping' && row.state !== 'ready'))
        return res.redirect(303, context.url('admin.import', { import: row._id }))
      return showColumns(res, row, await sampleOf(row))
    },
    'admin.import': async (req, res) => {
      const context = contextOf(res)
      const row = await found(req, res)
      if (row.state === 'mapping') return res.redirect(303, context.url('admin.import-columns', { import: row._id }))
      const { page, rows = row.counts.bad > 0 ? 'bad' : 'all' } = readPageQuery(rowsQuery, req)
      const shown = row.erased || row.state !== 'ready' ? null : await importing.rows(row, rows, page, PAGE)
      return render(res, 'admin/import', await importView({ row, rows, shown, records, now: clock() }, context))
    },
    'admin.import-bad-rows': async (req, res) => {
      const { t } = contextOf(res)
      const row = await found(req, res)
      res.set('Content-Type', 'text/csv; charset=utf-8')
      res.set('Content-Disposition', 'attachment; filename="bad-rows.csv"')
      const lines = async function* () {
        yield [...row.columns, t('importing.badRows.column')].map(neutral)
        for await (const bad of importing.badRows(row._id)) {
          yield [...bad.cells.slice(0, row.columns.length), cellProblems(t, bad.problems).join(' ')].map(neutral)
        }
      }
      await pipeline(lines, stringify({ bom: true, quoted_match: /[\r\n]/ }), res)
    },
    'admin.import-act': async (req, res) => {
      const which = act.safeParse(req.params.act)
      const row = await found(req, res)
      if (!which.success) throw new NotFound('act', String(req.params.act))
      return acts[which.data](req, res, row)
    },
  }
}
