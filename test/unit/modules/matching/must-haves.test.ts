import { describe, expect, it } from 'vitest'
import { type FirmFacts, factsOf } from '../../../../src/modules/matching/ranking/firm-facts.rules.js'
import { judgeMustHaves } from '../../../../src/modules/matching/ranking/must-have-fit.rules.js'
import { shippedWeights } from '../../../../src/modules/matching/weighing/shipped-weights.js'

const { weights } = shippedWeights()
const kindOf = (text: string, facts: Partial<FirmFacts>) => {
  const [judged] = judgeMustHaves([{ text }], { ...factsOf({ id: 'firm', version: 1 }), ...facts }, weights)
  return judged?.detail.kind
}

const COMES = { onSite: true }
const ENGLISH = { languages: ['vi', 'en'] }

describe('a must', () => {
  it.each<[string, Partial<FirmFacts>, string]>([
    ['người tới tận nơi', COMES, 'said'],
    ['người tới tận nơi', { onSite: false }, 'denied'],
    ['người tới tận nơi', {}, 'unstated'],
    ['come on site within 2 hours', COMES, 'inPart'],
    ['tới tận nơi trong vòng hai giờ', COMES, 'inPart'],
    ['on site in the evening and at weekends', COMES, 'inPart'],
    ['quét tại chỗ, không mang hồ sơ đi', COMES, 'inPart'],
    ['English', ENGLISH, 'said'],
    ['English and Khmer', ENGLISH, 'denied'],
    ['English or Chinese', ENGLISH, 'said'],
    ['tiếng Hoa hoặc tiếng Anh', ENGLISH, 'said'],
    ['tiếng Hoa/tiếng Khmer', ENGLISH, 'denied'],
    ['ISO 9001 hay ISO 27001', { certifications: ['ISO 9001'] }, 'said'],
    ['tiếng Anh và tới tận nơi', ENGLISH, 'inPart'],
    ['tiếng Anh và tới tận nơi', { ...ENGLISH, ...COMES }, 'said'],
    ['tiếng Anh và tới tận nơi', { ...ENGLISH, onSite: false }, 'denied'],
    ['ISO 27001 & English', { ...ENGLISH, certifications: ['ISO/IEC 27001:2022'] }, 'said'],
    ['ISO 27001 & English', ENGLISH, 'inPart'],
    ['ISO 27001', { certifications: ['ISO 9001'] }, 'unstated'],
    ['English and a printer that never jams', ENGLISH, 'inPart'],
    ['a printer that never jams', { ...ENGLISH, ...COMES }, 'unstated'],
  ])('of “%s” against %o is %s', (text, facts, kind) => {
    expect(kindOf(text, facts)).toBe(kind)
  })
})
