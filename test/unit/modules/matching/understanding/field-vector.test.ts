import { describe, expect, it } from 'vitest'
import {
  type FieldVector,
  fieldNearness,
  fieldVector,
  readVector,
  withListed,
  without,
  writeVector,
} from '../../../../../src/modules/matching/understanding/field-vector.rules.js'
import {
  nearestServices,
  serviceProfiles,
} from '../../../../../src/modules/matching/understanding/service-profiles.rules.js'
import { taxonomy } from '../demonstration-park.js'

const vectorOf = (text: string) => fieldVector(nearestServices(text, serviceProfiles(taxonomy.taxonomy)).field)
const lengthOf = (vector: FieldVector) => Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight ** 2, 0))

const OWNER = 'Tôm nổi đầu lúc nửa đêm mà không hay, sáng ra chết trắng ao, oxy tụt lúc nào chẳng biết'
const FIRM = 'We make probes that watch dissolved oxygen and pH in shrimp ponds and ring the farmer at night.'
const OTHER_FIRM = 'We keep the books and file the taxes of small companies, from receipts to the balance sheet.'

describe('where a text stands in the field', () => {
  it('brings together those who share no word, in two languages', () => {
    const owner = vectorOf(OWNER)
    expect(fieldNearness(owner, vectorOf(FIRM))).toBeGreaterThan(0.5)
    expect(fieldNearness(owner, vectorOf(OTHER_FIRM))).toBeLessThan(0.1)
  })

  it('is told by a vector of length 1, or by none where nothing is near', () => {
    expect(lengthOf(vectorOf(OWNER))).toBeCloseTo(1)
    expect(vectorOf('xyzzy')).toEqual(new Map())
    expect(fieldNearness(vectorOf(OWNER), vectorOf('xyzzy'))).toBe(0)
  })

  it('takes what a firm lists into account, and nothing that a need does not want', () => {
    const firm = withListed(vectorOf(FIRM), ['website'])
    expect(firm.get('website')).toBeGreaterThan(0.3)
    expect(lengthOf(firm)).toBeCloseTo(1)
    const [[first = ''] = []] = vectorOf(OWNER)
    expect(without(vectorOf(OWNER), [first]).has(first)).toBe(false)
    expect(withListed(new Map(), ['website'])).toEqual(new Map([['website', 1]]))
  })

  it('is kept in a document as one word for each kind of work', () => {
    const vector = vectorOf(OWNER)
    expect(fieldNearness(readVector(writeVector(vector)), vector)).toBeCloseTo(1, 1)
    expect(readVector(writeVector(new Map()))).toEqual(new Map())
  })
})
