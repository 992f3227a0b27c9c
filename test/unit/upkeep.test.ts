import { expect, test } from 'vitest'
import { followRetags, goOnImporting } from '../../src/upkeep.js'

/** Work that is not done before it is told to end. */
function longWork() {
  let end = () => {}
  const done = new Promise<void>((resolve) => {
    end = resolve
  })
  return { run: () => done, stop: async () => end() }
}

const log = { error: () => expect.fail('nothing fails') }

test('an import under way does not keep the product from stopping', async () => {
  const core = { importWork: { ...longWork(), poke: () => {} }, log } as unknown as Parameters<typeof goOnImporting>[0]
  await expect(goOnImporting(core).stop()).resolves.toBeUndefined()
}, 1_000)

test('records on their way to another entry do not keep the product from stopping', async () => {
  const core = { retagging: longWork(), log } as unknown as Parameters<typeof followRetags>[0]
  await expect(followRetags(core).stop()).resolves.toBeUndefined()
}, 1_000)
