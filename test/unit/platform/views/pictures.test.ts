import { describe, expect, test } from 'vitest'
import { bridgeSvg } from '../../../../src/platform/views/pictures/bridge.js'
import { hueOf, initialsOf, LOGO_TONE, logoSvg } from '../../../../src/platform/views/pictures/logo.js'
import { scaleBarSvg } from '../../../../src/platform/views/pictures/scale.js'
import { contrast, fromHsl } from './contrast.js'

describe('the bridge', () => {
  const svg = bridgeSvg([
    { status: 'met', weight: 30 },
    { status: 'partly', weight: 15 },
    { status: 'unmet', weight: 10 },
    { status: 'unknown', weight: 5 },
  ])
  const planks = Array.from(svg.matchAll(/<svg x="([\d.]+)%" width="([\d.]+)%" height="14" class="plank (\w+)">/g))

  test('has one plank a criterion, in order', () => {
    expect(planks.map((plank) => plank[3])).toEqual(['met', 'partly', 'unmet', 'unknown'])
  })

  test('planks are as wide as they weigh and fill the width', () => {
    const widths = planks.map((plank) => Number(plank[2]))
    expect(widths[0]).toBeCloseTo(2 * (widths[1] ?? 0), 1)
    expect(widths[0]).toBeCloseTo(6 * (widths[3] ?? 0), 0)
    const last = planks.at(-1)
    expect(Number(last?.[1]) + Number(last?.[2])).toBeCloseTo(100, 1)
  })

  test('is hidden from screen readers and holds no style', () => {
    expect(svg).toContain('aria-hidden="true"')
    expect(svg).not.toContain('style')
  })

  test('of no criteria is nothing', () => {
    expect(bridgeSvg([])).toBe('')
  })
})

describe('the scale', () => {
  const width = (value: number, max: number) => Number(/width="([\d.]+)%"/.exec(scaleBarSvg('demand', value, max))?.[1])

  test('bars are in proportion to the largest', () => {
    expect(width(5, 10)).toBeCloseTo(width(10, 10) / 2, 1)
  })

  test('zero leaves a hairline', () => {
    expect(width(0, 10)).toBeGreaterThan(0)
    expect(width(0, 10)).toBeLessThan(1)
  })
})

describe('the logo of a firm that has none', () => {
  test.each([
    ['Ánh Trăng Software', 'AT'],
    ['Công ty TNHH Sao Mai Data', 'SM'],
    ['CÔNG TY CỔ PHẦN Đồng Bằng', 'ĐB'],
    ['Hợp tác xã Cầu Đúc', 'CĐ'],
    ['Kênh', 'K'],
    ['Công ty', 'CT'],
    ['<script>', 'S'],
    ['😀', '·'],
    ['', '·'],
  ])('%s has the initials %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })

  test('a name keeps its colour however it is encoded', () => {
    expect(hueOf('Ánh Trăng')).toBe(hueOf('Ánh Trăng'.normalize('NFD')))
    expect(hueOf('Ánh Trăng')).not.toBe(hueOf('Sao Mai'))
  })

  test('white letters stand at least 4.5 to 1 on every hue', () => {
    const { saturation, lightness } = LOGO_TONE
    const ratios = Array.from({ length: 360 }, (_, hue) =>
      contrast([255, 255, 255], fromHsl(hue, saturation, lightness)),
    )
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5)
  })

  test('holds no style', () => {
    expect(logoSvg('Sao Mai')).not.toContain('style')
  })
})
