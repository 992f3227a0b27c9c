import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../test/support/chromium.js'

/** Runs the checks and every test, then prints `N passed, N failed, N skipped` as its last line. */

const folder = mkdtempSync(join(tmpdir(), 'test-'))
const report = join(folder, 'report.json')
const tally = { passed: 0, failed: 0, skipped: 0 }

const run = (command: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0

// Tests start the product as its user does, from the built files, which are made while the checks run.
const building = spawn('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
const buildEnds = new Promise<boolean>((resolve) => building.once('close', (code) => resolve(code === 0)))

const checked = run(process.execPath, ['--import', 'tsx', 'scripts/check.ts'])
tally[checked ? 'passed' : 'failed']++

installChromium()
const built = await buildEnds
tally[built ? 'passed' : 'failed']++
if (built) runTests()
rmSync(folder, { recursive: true, force: true })

console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
process.exitCode = tally.failed > 0 ? 1 : 0

function runTests() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const passed = run('npx', ['--no-install', 'vitest', 'run', ...reporters, ...process.argv.slice(2)], {
    TEST_BUILT: '1',
  })
  if (!existsSync(report)) {
    tally.failed++
    return
  }
  const result = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
  tally.passed += result.numPassedTests ?? 0
  tally.failed += result.numFailedTests ?? 0
  tally.skipped += (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0)
  // A file that could not be loaded, or an error outside a test, fails the run without failing a test.
  if (!passed && tally.failed === 0) tally.failed++
}

/** Browser tests drive the system's Chromium; as root on Debian it is installed, elsewhere they are skipped and say so. */
function installChromium() {
  if (findChromium()) return
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    console.log('No Chromium found: the browser tests are skipped. Install it, or name it in CHROMIUM_PATH.')
    return
  }
  run('apt-get', ['update', '-qq'])
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { DEBIAN_FRONTEND: 'noninteractive' })
}
