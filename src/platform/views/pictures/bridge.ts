/** How far a firm meets one thing that was asked for. */
export type PlankStatus = 'met' | 'partly' | 'unmet' | 'unknown'

export interface Plank {
  status: PlankStatus
  /** Importance, > 0, in any unit: planks share the width in proportion. */
  weight: number
}

/** Height of the planks in px; the deck line lies below them. */
const PLANK = 14
/** Gap between planks, in percent of the width. */
const GAP = 0.7

/**
 * The bridge of a match: one plank a criterion, as wide as it weighs. Whole is met, half-height partly, broken not met,
 * dotted not known. Widths are percentages, so that it fits any column without distortion. Hidden from screen readers:
 * the list of reasons beside it says the same in words.
 */
export function bridgeSvg(planks: readonly Plank[]): string {
  const total = planks.reduce((sum, plank) => sum + plank.weight, 0)
  if (total <= 0) return ''
  const room = 100 - GAP * (planks.length - 1)
  let x = 0
  const drawn = planks.map(({ status, weight }) => {
    const width = (weight / total) * room
    const plank = `<svg x="${percent(x)}" width="${percent(width)}" height="${PLANK}" class="plank ${status}">${SHAPES[status]}</svg>`
    x += width + GAP
    return plank
  })
  return (
    `<svg class="bridge" width="100%" height="20" aria-hidden="true" focusable="false">` +
    `<rect class="deck" y="17" width="100%" height="2" rx="1"/>${drawn.join('')}</svg>`
  )
}

const percent = (value: number) => `${Math.round(value * 100) / 100}%`

const whole = (kind: string) => `<rect class="${kind}" width="100%" height="${PLANK}" rx="3"/>`

// The two stumps end in splinters that keep their shape at any width.
const LEFT_SPLINTERS = 'M-1 0h4l-2 4 4 3-5 3 3 4h-4z'
const RIGHT_SPLINTERS = 'M1 0h-5l3 3-4 4 4 2-2 5h4z'

const SHAPES: Record<PlankStatus, string> = {
  met: whole('wood'),
  partly: `${whole('shade')}<rect class="wood" y="${PLANK / 2}" width="100%" height="${PLANK / 2}" rx="2"/>`,
  unmet:
    `<rect class="wood" width="26%" height="${PLANK}" rx="3"/><rect class="wood" x="74%" width="26%" height="${PLANK}" rx="3"/>` +
    `<svg x="26%" overflow="visible"><path class="wood" d="${LEFT_SPLINTERS}"/></svg>` +
    `<svg x="74%" overflow="visible"><path class="wood" d="${RIGHT_SPLINTERS}"/></svg>`,
  unknown: `<rect class="outline" x="1" y="1" width="98%" height="${PLANK - 2}" rx="3"/>`,
}
