import { MultiBar, Presets } from 'cli-progress'

export interface Progress {
  /** How far it is, up to the total. */
  at(value: number): void
  /** A line on standard error, above the bar where there is one. */
  say(text: string): void
  stop(): void
}

/** A bar on standard error for somebody who watches; nothing where the output goes to a file or another program. */
export function showProgress(label: string, total: number): Progress {
  if (!process.stderr.isTTY) return { at: () => {}, say: (text) => process.stderr.write(`${text}\n`), stop: () => {} }
  const format = `${label} {bar} {percentage}% | {eta_formatted} left`
  const bars = new MultiBar(
    { format, clearOnComplete: true, hideCursor: true, stream: process.stderr },
    Presets.shades_classic,
  )
  const bar = bars.create(Math.max(1, total), 0)
  return {
    at: (value) => bar.update(Math.min(value, total)),
    say: (text) => bars.log(`${text}\n`),
    stop: () => {
      bars.update()
      bars.stop()
    },
  }
}
