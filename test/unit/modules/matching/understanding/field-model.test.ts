import { describe, expect, it } from 'vitest'
import { fieldModel } from '../../../../../src/modules/matching/understanding/field-model.js'
import {
  countField,
  readHolders,
  writeHolders,
} from '../../../../../src/modules/matching/understanding/field-model.rules.js'
import { fieldTexts } from '../../../../../src/modules/matching/understanding/field-texts.js'
import { OTHER } from '../../../../../src/modules/matching/understanding/field-vector.rules.js'
import { featuresOf, isPair } from '../../../../../src/modules/matching/understanding/text-features.rules.js'
import { taxonomy } from '../demonstration-park.js'

const kinds = fieldTexts().kinds()

describe('the texts of the field', () => {
  it('tell of every service that is shipped, and of no other', () => {
    const told = kinds.map(({ id }) => id).filter((id) => !id.startsWith(OTHER))
    expect(told.sort()).toEqual(taxonomy.taxonomy.services.map(({ id }) => id).sort())
  })

  it('of a service stand with it alone', () => {
    const owners = new Map<string, Set<string>>()
    for (const { id, texts } of kinds.filter(({ id }) => !id.startsWith(OTHER)))
      for (const text of [...texts.vi, ...texts.en]) owners.set(text, (owners.get(text) ?? new Set()).add(id))
    expect([...owners].filter(([text, by]) => text.trim() === '' || by.size > 1)).toEqual([])
  })
})

describe('the model of the field', () => {
  const told = [
    { id: 'pos', texts: { vi: ['bán hàng tính tiền', 'ban hang ngoài chợ'], en: ['till'] } },
    { id: '!law', texts: { vi: ['luật sư bào chữa'], en: ['a lawyer', 'a lawyer for land'] } },
  ] as const
  const model = countField(told)

  it('counts words and pairs with their spellings, and leaves out pairs that one text alone has', () => {
    const [[kind, count, spellings] = []] = model.holders.get('ban hang') ?? []
    expect([kind, count, spellings?.length]).toEqual([0, 2, 2])
    expect(model.holders.get('bao chua')).toBeUndefined()
  })

  it('counts each kind of work as if it had as many words as services have, in each language', () => {
    const features = (texts: readonly string[]) => texts.flatMap(featuresOf).length
    const times = (service: readonly string[], trade: readonly string[]) => features(service) / features(trade)
    const counts = (key: string) => model.holders.get(key)?.map(([, count]) => count)
    const [pos, law] = told
    expect(counts('luat')?.[0]).toBeCloseTo(times(pos.texts.vi, law.texts.vi), 1)
    expect(counts('lawyer')?.[0]).toBeCloseTo(2 * times(pos.texts.en, law.texts.en), 1)
    expect(model.kinds.map(({ length }) => length)).toEqual(
      told.map(({ texts }) => features([...texts.vi, ...texts.en])),
    )
  })

  it('is read as it was written', () => {
    for (const key of model.holders.keys()) {
      const holders = model.holders.get(key) ?? []
      expect([key, readHolders(writeHolders(holders))]).toEqual([key, holders])
    }
  })

  it('is there for all texts of the field', () => {
    const { kinds: counted, holders } = fieldModel()
    expect(counted.map(({ id }) => id)).toEqual(kinds.map(({ id }) => id))
    const text = kinds.find(({ id }) => id === 'pos')?.texts.vi.at(-1) ?? ''
    const at = counted.findIndex(({ id }) => id === 'pos')
    const words = featuresOf(text).filter(({ key }) => !isPair(key))
    expect(words.length).toBeGreaterThan(0)
    for (const { key } of words) expect(holders.get(key)?.map(([kind]) => kind)).toContain(at)
  })
})
