import { scaleBand, scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import { escapeHtml } from '../escape.js'

/** A picture of some figures; a table with the same figures stands beside it. */
export interface Chart {
  /** Unique on its page. */
  id: string
  title: string
  /** What it shows, in a sentence: the figures for whoever does not see it. */
  description: string
  points: readonly { label: string; value: number }[]
}

const WIDTH = 360
const LABEL = 24

const framed = ({ id, title, description }: Chart, height: number, inner: string) =>
  `<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">` +
  `<title id="${id}-title">${escapeHtml(title)}</title><desc id="${id}-desc">${escapeHtml(description)}</desc>${inner}</svg>`

const most = ({ points }: Chart) => Math.max(1, ...points.map(({ value }) => value))

const text = (x: number, y: number, anchor: string, words: string | number, kind = '') =>
  `<text${kind && ` class="${kind}"`} x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeHtml(String(words))}</text>`

const round = (value: number) => Math.round(value * 10) / 10

/** Bars that stand side by side, each with its figure above and its label below. */
export function barsSvg(chart: Chart): string {
  const height = 180
  const foot = height - LABEL
  const x = scaleBand(
    chart.points.map((_, i) => i),
    [0, WIDTH],
  ).padding(0.25)
  const y = scaleLinear([0, most(chart)], [foot, LABEL])
  const bars = chart.points.map(({ label, value }, i) => {
    const left = x(i) ?? 0
    const middle = left + x.bandwidth() / 2
    const top = Math.min(y(value), foot - 1)
    return (
      `<rect x="${round(left)}" y="${round(top)}" width="${round(x.bandwidth())}" height="${round(foot - top)}" rx="2"/>` +
      text(middle, top - 6, 'middle', value, 'figure') +
      text(middle, height - 6, 'middle', label)
    )
  })
  return framed(chart, height, bars.join(''))
}

/** Bars that lie below each other, each under its label and with its figure at the end. */
export function lyingBarsSvg(chart: Chart): string {
  const row = 42
  const x = scaleLinear([0, most(chart)], [2, WIDTH - 56])
  const bars = chart.points.map(({ label, value }, i) => {
    const top = i * row
    return (
      text(0, top + 15, 'start', label) +
      `<rect x="0" y="${top + 21}" width="${round(x(value))}" height="13" rx="2"/>` +
      text(x(value) + 6, top + 32, 'start', value, 'figure')
    )
  })
  return framed(chart, Math.max(1, chart.points.length) * row, bars.join(''))
}

/** A line over time, with its first and last label and its highest figure. */
export function trendSvg(chart: Chart): string {
  const height = 130
  const foot = height - LABEL
  const x = scalePoint(
    chart.points.map((_, i) => i),
    [8, WIDTH - 8],
  )
  const y = scaleLinear([0, most(chart)], [foot, LABEL])
  const at = (i: number) => x(i) ?? 0
  const path = line<Chart['points'][number]>(
    (_, i) => round(at(i)),
    ({ value }) => round(y(value)),
  )([...chart.points])
  const last = chart.points.length - 1
  const dots = chart.points.map(({ value }, i) => `<circle cx="${round(at(i))}" cy="${round(y(value))}" r="3"/>`)
  const highest = chart.points.reduce(
    (best, { value }, i) => (value > (chart.points[best]?.value ?? 0) ? i : best),
    last,
  )
  const anchor = highest < 2 ? 'start' : highest > last - 2 ? 'end' : 'middle'
  return framed(
    chart,
    height,
    `<line x1="0" x2="${WIDTH}" y1="${foot}" y2="${foot}"/><path d="${path ?? ''}"/>${dots.join('')}` +
      text(at(highest), y(chart.points[highest]?.value ?? 0) - 8, anchor, chart.points[highest]?.value ?? 0, 'figure') +
      text(0, height - 6, 'start', chart.points[0]?.label ?? '') +
      text(WIDTH, height - 6, 'end', chart.points[last]?.label ?? ''),
  )
}
