import type { Lang } from '../../kernel/text.js'
import { formatNumber } from './formats.js'

/** Whole đồng; either end may be open. */
export interface MoneySpan {
  min?: number | undefined
  max?: number | undefined
}

interface Unit {
  size: number
  name: Record<Lang, string>
}

const UNITS: readonly Unit[] = [
  { size: 1e9, name: { vi: 'tỷ', en: 'billion' } },
  { size: 1e6, name: { vi: 'triệu', en: 'million' } },
]
const PLAIN: Unit = { size: 1, name: { vi: '', en: '' } }
const CURRENCY: Record<Lang, string> = { vi: 'đồng', en: 'VND' }

/** An amount as people say it: `40 triệu đồng`, `1,2 tỷ đồng`, `40 million VND`; in full where that would lose a đồng. */
export function formatMoney(lang: Lang, amount: number): string {
  return said(lang, amount, unitOf(amount))
}

/** A range of đồng: `35 đến 60 triệu đồng`, `từ 35 triệu đồng`, `tối đa 60 triệu đồng`; empty when both ends are open. */
export function formatMoneyRange(lang: Lang, { min, max }: MoneySpan): string {
  if (min === undefined && max === undefined) return ''
  if (max === undefined) return `${lang === 'vi' ? 'từ' : 'from'} ${formatMoney(lang, min ?? 0)}`
  if (min === undefined || min === 0) return `${lang === 'vi' ? 'tối đa' : 'up to'} ${formatMoney(lang, max)}`
  if (min === max) return formatMoney(lang, min)
  const unit = unitOf(min)
  const to = lang === 'vi' ? 'đến' : 'to'
  const from = unit === unitOf(max) ? formatNumber(lang, min / unit.size) : formatMoney(lang, min)
  return `${from} ${to} ${formatMoney(lang, max)}`
}

function said(lang: Lang, amount: number, unit: Unit): string {
  return [formatNumber(lang, amount / unit.size), unit.name[lang], CURRENCY[lang]].filter(Boolean).join(' ')
}

/** The largest unit that shows the amount exactly with at most two decimals. */
function unitOf(amount: number): Unit {
  return UNITS.find((unit) => amount >= unit.size && amount % (unit.size / 100) === 0) ?? PLAIN
}
