import { targetOf } from './columns.rules.js'
import { businessesForm } from './forms/businesses.form.js'
import { needsForm } from './forms/needs.form.js'
import { measuredForm, providersForm } from './forms/providers.form.js'
import type { RecordForm } from './forms/record-form.js'
import { type ImportDeps, type ImportRequest, type ImportSummary, importRows } from './importing.service.js'

export type { Mapping } from './columns.rules.js'
export type { ImportDeps, ImportRequest, ImportSummary } from './importing.service.js'
export { type ReadRow, type RowProblem, UnreadableFile } from './importing.types.js'
export { problemText } from './importing.views.js'
export { openRowFile } from './reading/file.js'
export { readLines } from './reading/lines.js'

const FORMS = { providers: providersForm, businesses: businessesForm, needs: needsForm } as const

/** What can be imported. */
export type ImportKind = keyof typeof FORMS

export const IMPORT_KINDS = Object.keys(FORMS) as ImportKind[]

/** The names a file's columns may have. */
export const importFields = (kind: ImportKind): readonly string[] => FORMS[kind].fields

/** Whether a column may be called so, with its language where it is a text (`description_en`). */
export const isImportField = (kind: ImportKind, name: string): boolean => targetOf(name, FORMS[kind]) !== null

/** Imports rows as records of one kind; see `importRows`. */
export function importRecords(deps: ImportDeps, kind: ImportKind, request: ImportRequest): Promise<ImportSummary> {
  return importRows(deps, FORMS[kind] as RecordForm<unknown>, request)
}

/** Imports firms whose names and descriptions may be of any length, as texts that the product is measured with are. */
export function importMeasured(deps: ImportDeps, request: ImportRequest): Promise<ImportSummary> {
  return importRows(deps, measuredForm, request)
}
export { EXPORT_FORMATS, EXPORT_TYPES, exportHeader, exportRow, writeTable } from './exporting/tables-out.js'
export { neutral } from './neutral.rules.js'
export type { TableKind } from './tables/index.js'
export { forgetImports } from './workbench/imports.jobs.js'
export { createImportIndexes } from './workbench/imports.model.js'
export { importRepository } from './workbench/imports.repository.js'
export { importPages } from './workbench/imports.routes.js'
export { importService } from './workbench/imports.service.js'
export { importWork } from './workbench/imports.work.js'
