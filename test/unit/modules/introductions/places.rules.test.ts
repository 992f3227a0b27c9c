import { expect, it } from 'vitest'
import { freePlace, MOST_REQUESTS_EVER } from '../../../../src/modules/introductions/rules/places.rules.js'

type Known = Parameters<typeof freePlace>[2][number]

const open = (kind: Known['kind'], provider: string, index: number): Known => ({
  ...{ kind, provider, state: 'open', place: `${kind}:${index}` },
})
const ended = (kind: Known['kind'], provider: string, state: Known['state']): Known => ({
  ...{ kind, provider, state, place: null },
})

it('gives three firms at once a place, the first that is free, and offers as many as the need takes', () => {
  const two = [open('request', 'a', 0), open('request', 'b', 2)]
  expect(freePlace('request', 'c', two, 1)).toEqual({ ok: true, place: 'request:1' })
  expect(freePlace('request', 'd', [...two, open('request', 'c', 1)], 1)).toEqual({ ok: false, reason: 'full' })
  expect(freePlace('offer', 'd', two, 1)).toEqual({ ok: true, place: 'offer:0' })
  expect(freePlace('offer', 'd', [open('offer', 'a', 0)], 1)).toEqual({ ok: false, reason: 'full' })
})

it('asks nobody again who has said no, and nobody for ever', () => {
  expect(freePlace('request', 'a', [ended('request', 'a', 'declined')], 3)).toMatchObject({ reason: 'answered-before' })
  const tries = [1, 2, 3].map(() => ended('request', 'a', 'withdrawn'))
  expect(freePlace('request', 'a', tries.slice(1), 3).ok).toBe(true)
  expect(freePlace('request', 'a', tries, 3)).toMatchObject({ reason: 'answered-before' })
  const many = Array.from({ length: MOST_REQUESTS_EVER }, (_, i) => ended('request', `f${i}`, 'withdrawn'))
  expect(freePlace('request', 'new', many, 3)).toMatchObject({ reason: 'enough' })
})
