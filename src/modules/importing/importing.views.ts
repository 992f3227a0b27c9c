import type { Translate } from '../../platform/i18n/translator.js'
import type { RowProblem } from './importing.types.js'

/** What only files can get wrong; the other codes are those of every field. */
const OF_FILES = new Set([
  ...['encoding', 'nul', 'lineTooLong', 'quote', 'columns', 'json', 'duplicate', 'priceOfNothing', 'unknownBusiness'],
  ...['formula', 'cellError', 'severalListings', 'unknownId', 'idTaken', 'mergedListing', 'ownListing'],
  'pendingListing',
])

/** What is wrong, without where: `The catalogue has no such entry. (fishing)`. */
export function reasonText(t: Translate, { code, params }: RowProblem): string {
  const reason = OF_FILES.has(code) ? t(`importing.errors.${code}`, params) : t(`fields.errors.${code}`, params)
  return params?.value === undefined ? reason : `${reason} (${params.value})`
}

/** A problem in words: `line 1201, sector: The catalogue has no such entry. (fishing)`. */
export function problemText(t: Translate, problem: RowProblem): string {
  const { line, field } = problem
  return t(field === null ? 'importing.row' : 'importing.field', {
    line: String(line),
    field: field ?? '',
    reason: reasonText(t, problem),
  })
}
