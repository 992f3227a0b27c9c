import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../test/support/chromium.js'

/** Runs the checks and every test, then prints `N passed, N failed, N skipped` as its last line. */

const folder = mkdtempSync(join(tmpdir(), 'test-'))
const report = join(folder, 'report.json')
const tally = { passed: 0, failed: 0, skipped: 0 }
const count = (passed: boolean) => {
  tally[passed ? 'passed' : 'failed']++
}

const run = (command: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0

// Tests start the product as its user does, from the built files.
const built = run('npm', ['run', '--silent', 'build'])
count(built)
installChromium()
// The tests leave the processor some room, since much of a test is waiting.
const checking = check()
if (built) await runTests()
const { passed: sound, output } = await checking
console.log(output)
count(sound)
rmSync(folder, { recursive: true, force: true })

console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
process.exitCode = tally.failed > 0 ? 1 : 0

/** What the checks say is kept until it does not come between the lines of the tests. */
async function check(): Promise<{ passed: boolean; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/check.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { passed: code === 0, output: output.trimEnd() }
}

async function runTests() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn('npx', ['--no-install', 'vitest', 'run', ...reporters, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, TEST_BUILT: '1' },
  })
  const passed = (await new Promise((resolve) => child.once('close', resolve))) === 0
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
