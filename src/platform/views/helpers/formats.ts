import type { HelperOptions } from 'handlebars'
import { formatDate, formatNumber } from '../../i18n/formats.js'
import { formatMoney, formatMoneyRange, type MoneySpan } from '../../i18n/money.js'
import { viewOf } from './options.js'

/** `{{date deadline}}`: a plain date as it stands, an instant in the park's zone. */
export function date(value: string | Date, options: HelperOptions): string {
  const { lang, timeZone } = viewOf(options)
  return formatDate(lang, value, timeZone)
}

/** `{{number 1234}}` */
export function number(value: number, options: HelperOptions): string {
  return formatNumber(viewOf(options).lang, value)
}

/** `{{money 40000000}}` or `{{money budget}}` of a range: whole đồng. */
export function money(value: number | MoneySpan, options: HelperOptions): string {
  const { lang } = viewOf(options)
  return typeof value === 'number' ? formatMoney(lang, value) : formatMoneyRange(lang, value)
}
