import { describe, expect, test } from 'vitest'
import { scaleOf, sumBy } from '../../../../src/modules/demand/demand.rules.js'

describe('demand against supply', () => {
  test('the row where the most wait for the fewest comes first, rows without anything are left out', () => {
    const rows = scaleOf(
      ['pos', 'drones', 'erp', 'idle'],
      { pos: 9, drones: 3, erp: 1 },
      { pos: 9, erp: 1 },
      { drones: 2 },
    )
    expect(rows.map((row) => row.id)).toEqual(['drones', 'pos', 'erp'])
    expect(rows[0]).toEqual({ id: 'drones', needs: 3, unmet: 2, firms: 0 })
  })

  test('eleven needs against one firm lean more than one against none', () => {
    expect(scaleOf(['few', 'many'], { few: 1, many: 11 }, { many: 1 }, {}).map((row) => row.id)).toEqual([
      'many',
      'few',
    ])
  })

  test('misses are summed by key and those without it are left out', () => {
    const misses = [
      { service: 'pos', sector: 'retail', count: 2 },
      { service: 'pos', sector: null, count: 1 },
      { service: null, sector: 'retail', count: 4 },
    ]
    expect(sumBy(misses, 'service')).toEqual({ pos: 3 })
    expect(sumBy(misses, 'sector')).toEqual({ retail: 6 })
  })
})
