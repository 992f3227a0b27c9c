import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holdTrial } from '../../../../src/modules/taxonomy-editing/effect/held-trial.js'

describe('what a preview tries', () => {
  const ended: string[] = []
  const built: string[] = []
  let held: ReturnType<typeof holdTrial<string>>

  beforeEach(() => {
    vi.useFakeTimers()
    ended.length = 0
    built.length = 0
    held = holdTrial(async (name) => void ended.push(name))
  })
  afterEach(() => vi.useRealTimers())

  /** One step; `work` is what it does with the trial. */
  const step = (key: string, work: () => Promise<unknown> = async () => {}) =>
    held.use(
      key,
      async () => {
        built.push(key)
        return `trial of ${key}`
      },
      async (trial) => {
        await trial.built
        await work()
        return trial.ready
      },
    )
  const settled = () => vi.advanceTimersByTimeAsync(0)

  it('is built once for all steps, and ended when nothing more is wanted', async () => {
    expect([await step('a'), await step('a')]).toEqual(['trial of a', 'trial of a'])
    expect([built, ended]).toEqual([['a'], []])
    held.done('a')
    await settled()
    expect(ended).toEqual(['trial of a'])
    await step('a')
    expect(built).toEqual(['a', 'a'])
  })

  it('is ended when another takes its place, once the steps under way are through', async () => {
    let finish = () => {}
    const long = step('a', () => new Promise<void>((resolve) => (finish = resolve)))
    await settled()
    await step('b')
    await settled()
    expect(ended).toEqual([])
    finish()
    expect(await long).toBe('trial of a')
    await settled()
    expect(ended).toEqual(['trial of a'])
  })

  it('is ended when a step fails, and built anew by the next', async () => {
    const failing = step('a', () => Promise.reject(new Error('the thread ended')))
    await expect(failing).rejects.toThrow('the thread ended')
    await settled()
    expect(ended).toEqual(['trial of a'])
    await step('a')
    expect(built).toEqual(['a', 'a'])
  })

  it('is ended when no step has come for a minute', async () => {
    await step('a')
    await vi.advanceTimersByTimeAsync(59_000)
    await step('a')
    await vi.advanceTimersByTimeAsync(59_000)
    expect(ended).toEqual([])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(ended).toEqual(['trial of a'])
  })

  it('is built anew when it could not be', async () => {
    const failing = held.use(
      'a',
      () => Promise.reject(new Error('no room')),
      ({ built }) => built,
    )
    await expect(failing).rejects.toThrow('no room')
    expect(await step('a')).toBe('trial of a')
  })
})
