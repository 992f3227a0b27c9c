import { expect, it } from 'vitest'
import { UsageError } from '../../../scripts/support/command.js'
import { fillAgainAndAgain } from '../../../scripts/torture/full.js'

// It mounts a file system, as root, which nobody should have done for him unasked.
const asked = process.env.TEST_MOUNTS === '1'
if (!asked)
  console.warn('full-disk.test.ts: SKIPPED, a full disk is not tried: TEST_MOUNTS=1 lets it mount a small one.')

// As `npm run torture -- full` does, which goes on for longer.
it.runIf(asked)(
  'loses nothing when its disk is full or read-only, reads on, says why it does not start, and writes again',
  async (context) => {
    const found: string[] = []
    const onProgress = (line: string) => void found.push(line)
    try {
      const { fine, rows } = await fillAgainAndAgain({ rounds: 2, writers: 8, seed: 1, onProgress })
      expect({ fine, found }).toEqual({ fine: true, found: [] })
      const [heads = [], figures = []] = rows
      const of = (head: string) => Number(figures[heads.indexOf(head)])
      expect([of('full'), of('read-only'), of('refused') > 8, of('acknowledged') > 8]).toEqual([1, 1, true, true])
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      console.warn(`full-disk.test.ts: ${error.message}`)
      context.skip(error.message)
    }
  },
)
