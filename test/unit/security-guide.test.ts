import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT_ROOT } from '../../src/platform/project-root.js'

const guide = readFileSync(join(PROJECT_ROOT, 'docs/guide/security.md'), 'utf8')

test('every file that the security guide names is there', () => {
  const named = Array.from(
    guide.matchAll(/`([\w./-]+\/[\w./-]+\.\w+|[\w.-]+\.(?:json|cjs|md))`/g),
    ([, path = '']) => path,
  )
  expect(named.length).toBeGreaterThan(100)
  expect([...new Set(named)].filter((path) => !existsSync(join(PROJECT_ROOT, path)))).toEqual([])
})

test('every chapter of the standard is gone through, and each line names where', () => {
  const chapters = Array.from(guide.matchAll(/\bV(\d+) /g), ([, n]) => Number(n))
  expect([...new Set(chapters)].sort((a, b) => a - b)).toEqual(Array.from({ length: 17 }, (_, n) => n + 1))
  const lines = guide.split('\n').filter((line) => /^\| \d/.test(line))
  expect(lines.filter((line) => !/`[^`]+` \|$/.test(line))).toEqual([])
})
