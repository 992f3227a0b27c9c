import { describe, expect, it } from 'vitest'
import { serviceProfiles, withOffers } from '../../../../../src/modules/matching/index.js'
import {
  readRefusal,
  refusedInText,
  writeRefusal,
} from '../../../../../src/modules/matching/offers/refused-work.rules.js'
import { factsOf } from '../../../../../src/modules/matching/ranking/firm-facts.rules.js'
import { PROVIDERS_INDEX } from '../../../../../src/modules/providers/index.js'
import { lexicon, taxonomy } from '../demonstration-park.js'

const profiles = serviceProfiles(taxonomy.taxonomy)
const firm = (description: string, more = {}) => ({ id: 'firm', version: 1, description: [description], ...more })
const refused = (description: string, more = {}) => refusedInText(firm(description, more), profiles)

describe('what a firm says that it does not do', () => {
  it('is kept with its clause and the words that tell what it is', () => {
    const [only] = refused('Máy tính tiền cho quán. Siêu thị, tiệm thuốc, cửa hàng quần áo tụi mình không nhận.')
    expect(only?.clause).toBe('Siêu thị, tiệm thuốc, cửa hàng quần áo tụi mình không nhận')
    expect(only?.telling).toEqual(expect.arrayContaining(['sieu thi', 'tiem thuoc', 'quan ao']))
  })

  it('is not told by words of its own work', () => {
    const telling = refused('Làm kế toán cho hợp tác xã. Không nhận ký thay kế toán.')[0]?.telling
    expect(telling).toContain('ki thay')
    expect(telling).not.toContain('ke toan')
  })

  it('is not told by words that belong to no work', () => {
    expect(refused('Dựng mạng cho xưởng. Không viết phần mềm.')).toEqual([])
  })

  it('asks for two words of a need in English', () => {
    expect(refused('Farm diaries. We do not work with fish or eels, nor prescribe drugs.')[0]?.least).toBe(2)
  })

  it('is not what a client of a case says', () => {
    expect(refused('Dựng mạng cho xưởng.', { cases: ['Chúng tôi không sửa tủ đông'] })).toEqual([])
  })

  it('stands in the search document, where no search looks, and among the facts', () => {
    const document = withOffers(firm('Dựng mạng. Không nhận giặt quần áo.'), { lexicon, profiles })
    expect(factsOf(document).denies).toEqual(refused('Dựng mạng. Không nhận giặt quần áo.'))
    expect(factsOf(document).denies).toHaveLength(1)
    expect(Object.keys(PROVIDERS_INDEX.text)).not.toContain('denies')
  })

  it('reads back as it was written', () => {
    const refusal = { clause: 'Tour trọn gói, vé: không bán', telling: ['tour', 'tron goi'], least: 1 }
    expect(readRefusal(writeRefusal(refusal))).toEqual(refusal)
  })
})
