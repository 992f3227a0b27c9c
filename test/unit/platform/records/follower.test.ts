import { describe, expect, test } from 'vitest'
import { followChanges } from '../../../../src/platform/records/follower.js'
import type { ChangeEntry } from '../../../../src/platform/records/record.types.js'

const entry = (seq: number): ChangeEntry => ({
  seq,
  parkId: 'p',
  type: 'need',
  recordId: `r${seq}`,
  version: 1,
  at: new Date(0),
})

function logOf(count: number) {
  const entries = Array.from({ length: count }, (_, i) => entry(i + 1))
  const applied: number[] = []
  return {
    entries,
    applied,
    deps: {
      changesAfter: async (seq: number, limit: number) => entries.filter((e) => e.seq > seq).slice(0, limit),
      lastSeq: async () => entries.at(-1)?.seq ?? 0,
      apply: async (batch: readonly ChangeEntry[]) => {
        applied.push(...batch.map((e) => e.seq))
      },
      onError: () => {},
    },
  }
}

describe('following the change log', () => {
  test('every entry after the start is applied once and in order', async () => {
    const log = logOf(1200)
    const follower = followChanges({ ...log.deps, startAt: 3 })
    await follower.caughtUp()
    expect(log.applied).toEqual(log.entries.slice(3).map((e) => e.seq))
    expect(await follower.lag()).toBe(0)
    await follower.stop()
  })

  test('entries that come later are seen when poked', async () => {
    const log = logOf(1)
    const follower = followChanges({ ...log.deps, startAt: 0 })
    await follower.caughtUp()
    log.entries.push(entry(2))
    expect(await follower.lag()).toBe(1)
    follower.poke()
    await follower.caughtUp()
    expect(log.applied).toEqual([1, 2])
    await follower.stop()
  })

  test('what failed is told and applied again, nothing is skipped', async () => {
    const log = logOf(2)
    const errors: unknown[] = []
    let failures = 2
    const follower = followChanges({
      ...log.deps,
      startAt: 0,
      apply: async (batch) => {
        if (failures-- > 0) throw new Error('engine away')
        await log.deps.apply(batch)
      },
      onError: (error) => errors.push(error),
    })
    await follower.caughtUp()
    expect(log.applied).toEqual([1, 2])
    expect(errors).toHaveLength(2)
    await follower.stop()
  })

  test('what was applied is applied once more after going back, also while more is being applied', async () => {
    const log = logOf(4)
    let during = () => {}
    const follower = followChanges({
      ...log.deps,
      startAt: 0,
      apply: async (batch) => {
        await log.deps.apply(batch)
        during()
      },
    })
    await follower.caughtUp()
    follower.rewind(2)
    await follower.caughtUp()
    expect(log.applied).toEqual([1, 2, 3, 4, 3, 4])
    log.entries.push(entry(5))
    during = () => {
      during = () => {}
      follower.rewind(3)
    }
    await follower.caughtUp()
    expect(log.applied.slice(6)).toEqual([5, 4, 5])
    await follower.stop()
  })
})
