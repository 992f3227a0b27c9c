import { describe, expect, test } from 'vitest'
import { type Actor, can, type Resource, VISITOR, visibleTo } from '../../../src/kernel/permissions.js'

const need = (over: Partial<Resource> = {}): Resource => ({
  type: 'need',
  id: 'n1',
  published: true,
  archived: false,
  visibility: 'public',
  ...over,
})
const owner: Actor = { kind: 'guest', needId: 'n1', personId: 'p1' }
const otherGuest: Actor = { kind: 'guest', needId: 'n2', personId: 'p2' }

describe('permissions', () => {
  test('a visitor reads what is published, public and not archived, and nothing else', () => {
    expect(can(VISITOR, 'need:read', need())).toBe(true)
    expect(can(VISITOR, 'need:read', need({ published: false }))).toBe(false)
    expect(can(VISITOR, 'need:read', need({ archived: true }))).toBe(false)
    for (const visibility of ['park', 'matched', 'hidden'] as const) {
      expect(can(VISITOR, 'need:read', need({ visibility }))).toBe(false)
    }
  })

  test('a guest reads and withdraws the need of his link, published or not, and no other', () => {
    const hidden = need({ published: false })
    expect(can(owner, 'need:read', hidden)).toBe(true)
    expect(can(owner, 'need:withdraw', hidden)).toBe(true)
    expect(can(otherGuest, 'need:read', hidden)).toBe(false)
    expect(can(otherGuest, 'need:withdraw', hidden)).toBe(false)
    expect(can(VISITOR, 'need:withdraw', need())).toBe(false)
  })

  test('a guest has no right over a firm that happens to have the id of his need', () => {
    expect(can(owner, 'listing:read', need({ type: 'provider', published: false }))).toBe(false)
  })

  test('nobody but the system writes listings', () => {
    expect(can(VISITOR, 'listing:write', need({ type: 'provider' }))).toBe(false)
    expect(can(owner, 'listing:write', need({ type: 'provider' }))).toBe(false)
    expect(can({ kind: 'system', name: 'import' }, 'listing:write')).toBe(true)
  })

  test('lists of visitors and guests hold public records alone', () => {
    for (const actor of [VISITOR, owner])
      expect(visibleTo(actor)).toEqual({ published: true, archived: false, visibility: ['public'] })
  })
})
