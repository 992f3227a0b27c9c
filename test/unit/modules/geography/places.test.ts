import { describe, expect, it } from 'vitest'
import { findWards } from '../../../../src/modules/geography/index.js'

const named = (text: string) => findWards(text, '92').map(({ ward }) => ward.name)

describe('a ward', () => {
  it.each(['Tiệm ở Vị Thanh', 'tiem o vi thanh', 'tiệm ở vi thanh', 'Nhà ở Phong Điền', 'nha o phong dien'])(
    'is found with its accents or without: %s',
    (text) => {
      expect(named(text)).toHaveLength(1)
    },
  )

  it('is not found in words with other accents', () => {
    expect(named('văn phòng điện tử')).toEqual([])
    expect(named('văn phòng điện tử ở Phong Điền').map((name) => name.normalize('NFC'))).toEqual([
      expect.stringContaining('Phong Điền'),
    ])
  })
})
