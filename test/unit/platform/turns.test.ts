import { setImmediate as breathe } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { takingTurns } from '../../../src/platform/turns.js'

/** Work that goes on until it is told to end. */
function opened() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { ended, end }
}

async function settled() {
  for (let n = 0; n < 10; n++) await breathe()
}

describe('work in turn', () => {
  it('goes on for so many at once, in the order in which it was asked for', async () => {
    const inTurn = takingTurns({ part: 'trying', atOnce: 2, most: 10 })
    const works = Array.from({ length: 5 }, opened)
    const begun: number[] = []
    const all = works.map(({ ended }, n) =>
      inTurn(async () => {
        begun.push(n)
        await ended
        return n
      }),
    )
    await settled()
    expect(begun).toEqual([0, 1])
    works[1]?.end()
    await settled()
    expect(begun).toEqual([0, 1, 2])
    for (const { end } of works) end()
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4])
  })

  it('goes on without whoever takes too long, and counts him no more', async () => {
    const inTurn = takingTurns({ part: 'trying', atOnce: 1, most: 2, longest: 20 })
    const stuck = opened()
    const first = inTurn(() => stuck.ended)
    expect(await inTurn(async () => 'second')).toBe('second')
    stuck.end()
    await first
    const [one, other] = [opened(), opened()]
    const begun: number[] = []
    const both = [one, other].map(({ ended }, n) =>
      inTurn(() => {
        begun.push(n)
        return ended
      }),
    )
    await settled()
    expect(begun).toEqual([0])
    one.end()
    other.end()
    await Promise.all(both)
    expect(begun).toEqual([0, 1])
  })

  it('is refused beyond its number, and not for long', async () => {
    const inTurn = takingTurns({ part: 'trying', atOnce: 1, most: 2 })
    const { ended, end } = opened()
    const taken = [inTurn(() => ended), inTurn(() => ended)]
    await expect(inTurn(async () => 'too many')).rejects.toMatchObject({ code: 'unavailable', status: 503 })
    end()
    await Promise.all(taken)
    expect(await inTurn(async () => 'again')).toBe('again')
  })

  it('gives its place on when it fails', async () => {
    const inTurn = takingTurns({ part: 'trying', atOnce: 1, most: 3 })
    const failing = inTurn(async () => {
      throw new Error('broken')
    })
    const after = inTurn(async () => 'done')
    await expect(failing).rejects.toThrow('broken')
    expect(await after).toBe('done')
  })

  it('lets what has come meanwhile go before each piece of it', async () => {
    const inTurn = takingTurns({ part: 'trying', atOnce: 1, most: 50 })
    const order: string[] = []
    const pieces = Array.from({ length: 3 }, (_, n) => inTurn(async () => void order.push(`piece ${n}`)))
    setImmediate(() => order.push('a page'))
    await Promise.all(pieces)
    expect(order.indexOf('a page')).toBeLessThan(order.indexOf('piece 2'))
  })
})
