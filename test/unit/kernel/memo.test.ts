import { expect, it, vi } from 'vitest'
import { memoByContent } from '../../../src/kernel/memo.js'

it('works an equal value out once, whichever object it comes as', () => {
  const make = vi.fn(({ a }: { a: number }) => ({ twice: a * 2 }))
  const twice = memoByContent(make)
  const made = twice({ a: 1 })
  expect(made).toEqual({ twice: 2 })
  expect(twice({ a: 1 })).toBe(made)
  expect(twice({ a: 2 })).toEqual({ twice: 4 })
  expect(make).toHaveBeenCalledTimes(2)
})

it('keeps the contents used last, and what a value it still knows has given', () => {
  const make = vi.fn(({ a }: { a: number }) => ({ a }))
  const of = memoByContent(make, 2)
  const first = { a: 1 }
  const made = of(first)
  of({ a: 2 })
  of({ a: 1 })
  of({ a: 3 })
  expect(make).toHaveBeenCalledTimes(3)
  expect(of({ a: 1 })).toBe(made)
  of({ a: 2 })
  expect(make).toHaveBeenCalledTimes(4)
  of({ a: 3 })
  expect(of(first)).toBe(made)
})
