import { expect, it } from 'vitest'
import { needContent, writtenNeed } from '../../../../src/modules/needs/index.js'

const content = needContent.parse({ title: { vi: 'Kế toán' }, problem: { vi: 'Xong trong 2 tuần' } })
const createdAt = new Date('2026-11-01T02:00:00Z')
const publishedAt = new Date('2026-11-09T02:00:00Z')

it('a need counts as written on the day it was first published, and as entered before that', () => {
  expect(writtenNeed(content, { createdAt, publishedAt })).toEqual({ content, writtenAt: publishedAt })
  expect(writtenNeed(content, { createdAt, publishedAt: null })).toEqual({ content, writtenAt: createdAt })
})
