import { describe, expect, it } from 'vitest'
import { plainText } from '../../../../../src/modules/matching/understanding/plain-text.rules.js'
import { shortNames } from '../../../../../src/modules/matching/understanding/short-names.js'
import { understand } from '../../../../../src/modules/matching/understanding/understand.rules.js'
import { lexicon, TODAY, taxonomy, weights } from '../demonstration-park.js'

const read = (text: string) => understand(text, { lexicon, taxonomy, province: '92', writtenOn: TODAY })
const sure = (text: string) =>
  read(text)
    .services.filter(({ weight }) => weight >= weights.sure)
    .map(({ id }) => id)
const { names, open } = shortNames()
const all = (of: typeof names) => Object.entries(of).flatMap(([id, terms]) => terms.map((name) => [name, id] as const))

describe('a name that is all that is typed', () => {
  it.each(all(names))('"%s" asks for %s, with accents and without', (name, id) => {
    expect(sure(name)).toContain(id)
    expect(sure(plainText(name))).toContain(id)
  })

  it('is one of every service of the taxonomy', () => {
    expect(Object.keys(names).sort()).toEqual(taxonomy.taxonomy.services.map(({ id }) => id).sort())
  })

  it('names one service and no other', () => {
    const services = new Map<string, Set<string>>()
    for (const [name, id] of [...all(names), ...all(open)]) {
      const plain = plainText(name)
      services.set(plain, (services.get(plain) ?? new Set()).add(id))
    }
    const several = all(names).filter(([name]) => services.get(plainText(name))?.size !== 1)
    expect(several).toEqual([])
  })

  it.each(all(open))('"%s" may be %s, and is not sure to be anything', (name, id) => {
    expect(read(name).services.map((one) => one.id)).toContain(id)
    expect(sure(name)).toEqual([])
  })

  it.each([
    ['cần kế toán', ['accounting']],
    ['Tìm dịch vụ kế toán ở Vị Thanh ạ', ['accounting']],
    ['We need training please', ['digital-training']],
    ['invoices', ['e-invoice']],
    ['camera, wifi và kế toán', ['network-camera', 'accounting']],
    ['kiem kho', ['warehouse']],
  ])('counts with words around it that only ask, and in a list: %s', (text, ids) => {
    expect(sure(text)).toEqual(ids)
  })
})

describe('the same words in a text that says more', () => {
  it.each([
    'đào tạo lái xe',
    'dao tao lai xe',
    'đào tạo, lái xe',
    'training for boat drivers',
    'hóa đơn tiền điện cao quá',
    'hoa don tien dien cao qua',
    'tuyển kế toán',
    'thuê kế toán',
    'đau đơn',
  ])('ask for nothing: %s', (text) => {
    expect(sure(text)).toEqual([])
  })
})
