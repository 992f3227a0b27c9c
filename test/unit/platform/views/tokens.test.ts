import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PROJECT_ROOT } from '../../../../src/platform/project-root.js'
import { contrast, fromHex } from './contrast.js'

const css = readFileSync(join(PROJECT_ROOT, 'public/css/tokens.css'), 'utf8')
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')

const colours = (part: string) => new Map(Array.from(part.matchAll(/--([\w-]+): (#\w+);/g), (m) => [m[1], m[2] ?? '']))

const THEMES = [
  ['light', colours(light)],
  ['dark', new Map([...colours(light), ...colours(dark)])],
] as const

// Text, the surface it stands on, and the least contrast: 7 for running text, 4.5 for the rest, 3 for a focus ring.
const PAIRS: readonly (readonly [string, string, number])[] = [
  ['ink', 'paper', 7],
  ['ink', 'mist', 7],
  ['ink', 'rice-tint', 7],
  ['ink-2', 'paper', 7],
  ['ink-2', 'mist', 7],
  ['ink-3', 'paper', 4.5],
  ['ink-3', 'mist', 4.5],
  ['river', 'paper', 4.5],
  ['river', 'mist', 4.5],
  ['river-2', 'river-tint', 4.5],
  ['on-river', 'river', 4.5],
  ['on-river', 'river-2', 4.5],
  ['lotus', 'paper', 4.5],
  ['rice-ink', 'paper', 4.5],
  ['focus', 'paper', 3],
]

describe.each(THEMES)('the %s theme', (_name, theme) => {
  test.each(PAIRS)('%s on %s stands at least %d to 1', (text, surface, least) => {
    expect(contrast(fromHex(theme.get(text) ?? ''), fromHex(theme.get(surface) ?? ''))).toBeGreaterThanOrEqual(least)
  })
})
