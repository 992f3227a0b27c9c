import type { Translate } from '../../platform/i18n/translator.js'
import type { RowProblem } from './importing.types.js'

/** What only files can get wrong; the other codes are those of every field. */
const OF_FILES = new Set([
  ...['encoding', 'nul', 'lineTooLong', 'quote', 'columns', 'json', 'duplicate', 'priceOfNothing', 'unknownBusiness'],
])

/** A problem in words: `line 1201, sector: The catalogue has no such entry. (fishing)`. */
export function problemText(t: Translate, { line, field, code, params }: RowProblem): string {
  const reason = OF_FILES.has(code) ? t(`importing.errors.${code}`, params) : t(`fields.errors.${code}`, params)
  const value = params?.value === undefined ? '' : ` (${params.value})`
  return t(field === null ? 'importing.row' : 'importing.field', {
    line: String(line),
    field: field ?? '',
    reason: reason + value,
  })
}
