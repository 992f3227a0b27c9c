/** Share of its side that the longest bar takes, in percent; the rest is for its figure. */
const LONGEST = 82

/**
 * One bar of demand against supply; `max` is the largest figure of the whole list, > 0. The style sheet lets demand grow
 * from the middle to the left and supply to the right. Zero leaves a hairline that shows where the bar would start.
 */
export function scaleBarSvg(side: 'demand' | 'supply', value: number, max: number): string {
  const share = Math.min(1, Math.max(0, value / max))
  const width = Math.max(Math.round(share * LONGEST * 10) / 10, 0.8)
  return (
    `<svg class="bar ${side}" width="${width}%" height="13" aria-hidden="true" focusable="false">` +
    '<rect width="100%" height="13" rx="2"/></svg>'
  )
}
