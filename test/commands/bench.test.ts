import { expect, it } from 'vitest'
import { runScript } from '../support/script.js'

it('npm run bench lets people in at once and says what that did to others', { timeout: 300_000 }, async () => {
  const { code, stdout } = await runScript('bench', ['sign-in', '--people', '5', '--idle', '1'], {})
  // What the figures are is this machine's affair.
  expect([0, 1]).toContain(code)
  expect(stdout).toMatch(/5 of 5 .*\n50 +5 of 5 /)
})
