import { describe, expect, test } from 'vitest'
import { remembered } from '../../../../src/platform/settings/remembered.js'

/** A database of one value, whose readings are answered when the test says so. */
function slowDatabase() {
  const state = { value: 'first', revision: 0, reads: 0 }
  const waiting: (() => void)[] = []
  return {
    state,
    change: (value: string) => Object.assign(state, { value, revision: state.revision + 1 }),
    read: async () => {
      const { value } = state
      state.reads++
      await new Promise<void>((resolve) => waiting.push(resolve))
      return value
    },
    answer: async () => {
      while (waiting.length === 0) await Promise.resolve()
      waiting.shift()?.()
    },
  }
}

describe('what an instance remembers of the database', () => {
  test('is not there before it was read', () => {
    const memory = remembered({ current: async () => 0 }, async () => 'park')
    expect(() => memory.get()).toThrow('before prepare')
  })

  test('is read again only when its revision differs', async () => {
    const state = { revision: 1, reads: 0 }
    const memory = remembered({ current: async () => state.revision }, async () => ++state.reads)
    await memory.reload()
    await memory.catchUp()
    expect(memory.get()).toBe(1)
    state.revision = 2
    await memory.catchUp()
    await memory.catchUp()
    expect(memory.get()).toBe(2)
  })

  test('shows what was saved before a reload, though an older reading is still under way', async () => {
    const database = slowDatabase()
    const memory = remembered({ current: async () => database.state.revision }, database.read)
    const older = memory.reload()
    while (database.state.reads === 0) await Promise.resolve()
    database.change('second')
    const newer = memory.reload()
    await database.answer()
    await older
    await database.answer()
    await newer
    expect(memory.get()).toBe('second')
  })

  test('stays as it was when a reading fails, and the next one comes all the same', async () => {
    const state = { fails: false, value: 'first' }
    const memory = remembered({ current: async () => 0 }, async () => {
      if (state.fails) throw new Error('away')
      return state.value
    })
    await memory.reload()
    state.fails = true
    await expect(memory.reload()).rejects.toThrow('away')
    expect(memory.get()).toBe('first')
    Object.assign(state, { fails: false, value: 'second' })
    await memory.reload()
    expect(memory.get()).toBe('second')
  })
})
