/**
 * One bar of demand against supply: `demand` grows from the middle to the left, `supply` to the right. `max` is the
 * largest figure of the whole list, > 0. Zero leaves a hairline, so that the row still shows where it would start.
 */
export function scaleBarSvg(side: 'demand' | 'supply', value: number, max: number): string {
  const share = Math.min(1, Math.max(0, value / max))
  const width = Math.max(share * 100, 1)
  const x = side === 'demand' ? 100 - width : 0
  const round = (n: number) => Math.round(n * 10) / 10
  return (
    `<svg class="bar ${side}" width="100%" height="13" aria-hidden="true" focusable="false">` +
    `<rect x="${round(x)}%" width="${round(width)}%" height="13" rx="2"/></svg>`
  )
}
