/** A rate for reading budgets named in another currency; an estimate for orientation, never a price. */
export interface ExchangeRate {
  currency: 'USD'
  /** Đồng for one unit. */
  dong: number
  asOf: string
  source: string
  estimate: true
}

/** Rounded; rates move by a few percent a year, which is below the tolerance of the budget criterion. */
export const EXCHANGE_RATES: readonly ExchangeRate[] = [
  {
    currency: 'USD',
    dong: 26_000,
    asOf: '2026-06-30',
    source: 'rounded mid-2026 rate, to be reviewed yearly',
    estimate: true,
  },
]

/** The rate in use for `currency`: the latest. */
export function rateOf(currency: ExchangeRate['currency']): ExchangeRate | undefined {
  return EXCHANGE_RATES.filter((rate) => rate.currency === currency).at(-1)
}
