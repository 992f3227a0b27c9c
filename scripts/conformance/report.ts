import { table } from '../bench/figures.js'
import type { Outcome } from './run-test.js'

const RESULTS = ['passed', 'failed', 'skipped'] as const

/** Figures by folder, how often each reason to skip was met, and every failure by name. */
export function report(outcomes: readonly Outcome[]): string {
  const folders = [...new Set(outcomes.map(({ folder }) => folder))]
  const rowOf = (name: string, own: readonly Outcome[]): string[] => [
    name,
    ...RESULTS.map((result) => String(own.filter((each) => each.result === result).length)),
  ]
  const rows = folders.map((folder) =>
    rowOf(
      folder,
      outcomes.filter((each) => each.folder === folder),
    ),
  )
  return [
    table([['folder', ...RESULTS], ...rows, rowOf('all', outcomes)]),
    ...section('Skipped', counted(outcomes)),
    ...section(
      'Failed',
      outcomes
        .filter(({ result }) => result === 'failed')
        .map(({ file, test, reason }) => `${file}: ${test}\n    ${reason}`),
    ),
    '',
  ].join('\n')
}

function counted(outcomes: readonly Outcome[]): string[] {
  const counts = new Map<string, number>()
  for (const { result, folder, reason } of outcomes)
    if (result === 'skipped') counts.set(`${folder}: ${reason}`, (counts.get(`${folder}: ${reason}`) ?? 0) + 1)
  return [...counts].map(([reason, count]) => `${String(count).padStart(4)}  ${reason}`)
}

const section = (title: string, lines: readonly string[]): string[] => (lines.length > 0 ? ['', title, ...lines] : [])
