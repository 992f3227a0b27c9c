import { spawnSync } from 'node:child_process'
import { checkCatalogues } from './checks/catalogues.js'
import type { CheckResult } from './checks/check.js'
import { checkDependencies } from './checks/dependencies.js'
import { checkTemplates } from './checks/templates.js'

/** Everything that can be said of the project without running it. Exits with 1 when one check finds a problem. */

const tool =
  (command: string, ...args: string[]) =>
  (): CheckResult => {
    const { status, stdout, stderr, error } = spawnSync('npx', ['--no-install', command, ...args], { encoding: 'utf8' })
    if (error) return { problems: [error.message], note: '' }
    return { problems: status === 0 ? [] : [`${stdout}${stderr}`.trim()], note: '' }
  }

const CHECKS: [name: string, check: () => CheckResult | Promise<CheckResult>][] = [
  ['types', tool('tsc', '--noEmit', '-p', 'tsconfig.json')],
  ['style', tool('biome', 'check', '--error-on-warnings')],
  ['dependencies', checkDependencies],
  ['unused code', tool('knip')],
  ['catalogues', checkCatalogues],
  ['templates', checkTemplates],
]

let failed = 0
for (const [name, check] of CHECKS) {
  const { problems, note } = await check()
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}${note ? ` (${note})` : ''}`)
  for (const problem of problems) console.log(`  ${problem.replaceAll('\n', '\n  ')}`)
  if (problems.length > 0) failed++
}
console.log(`checks: ${CHECKS.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
