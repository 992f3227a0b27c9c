import { describe, expect, it } from 'vitest'
import {
  nearestServices,
  serviceProfiles,
} from '../../../../../src/modules/matching/understanding/service-profiles.rules.js'
import {
  otherTradeIn,
  wantedServices,
} from '../../../../../src/modules/matching/understanding/wanted-services.rules.js'
import { taxonomy } from '../demonstration-park.js'

const nearest = (text: string) => nearestServices(text, serviceProfiles(taxonomy.taxonomy))
const accounting = { id: 'accounting', score: 60, standing: 2.6, pairs: [] }
const wanted = (otherTrade: number) =>
  wantedServices('', [], { services: [accounting], otherTrade, field: [] }, []).map(({ id }) => id)

describe('a service that no phrase names', () => {
  it('is wanted when the text as a whole stands out as near to its words', () => {
    expect(wanted(0)).toEqual(['accounting'])
  })

  it('is less sure the nearer the text is to the work of another trade, and not wanted when it is far nearer to that', () => {
    expect(wanted(accounting.score * 0.9)).toEqual(['accounting'])
    expect(wanted(accounting.score * 1.2)).toEqual([])
  })

  it('is not wanted when the text shares too little with its words, or as much with many others', () => {
    const weak = { ...accounting, score: 10 }
    const common = { ...accounting, standing: 1.2 }
    for (const near of [weak, common])
      expect(wantedServices('', [], { services: [near], otherTrade: 0, field: [] }, [])).toEqual([])
  })
})

it('a need of one short sentence asks for a service, too', () => {
  const text = 'our rice field is big and carrying the sprayer is too tiring'
  expect(wantedServices(text, [], nearest(text), [])[0]).toMatchObject({ id: 'farm-drones' })
})

describe('the words of services', () => {
  it.each([
    [
      'Tối nào cũng ngồi chép hộ chiếu, hai khách đặt trùng phòng, bà ngoại không biết ngày nào còn trống',
      'hospitality-software',
    ],
    ['Toa thuốc viết tay, bệnh nhân tái khám mà tìm hồ sơ cũ cả buổi không ra', 'clinic-software'],
    ['toa thuoc viet tay, benh nhan tai kham ma tim ho so cu ca buoi khong ra', 'clinic-software'],
    ['Guests are promised the same bed twice because every booking sits in another notebook', 'hospitality-software'],
  ])('are nearest to "%s"', (text, service) => {
    expect(nearest(text).services[0]?.id).toBe(service)
  })

  it('are less near to a word with other accents', () => {
    const score = (text: string) => nearest(text).services.find(({ id }) => id === 'pos')?.score ?? 0
    expect(score('bạn hàng quen lâu năm')).toBeLessThan(score('bán hàng quen lâu năm'))
  })
})

describe('a service that a park has added', () => {
  it('is near to what speaks of it, and no nearer than others to what merely shares a word', () => {
    const added = {
      ...{ id: 'well-drilling-maps', group: 'data', name: { vi: 'Bản đồ giếng khoan', en: 'Maps of wells' } },
      ...{ synonyms: [], abbreviations: [], cues: ['không biết khoan chỗ nào có nước ngọt'] },
      summary: { vi: 'Bản đồ mạch nước ngầm', en: 'Maps of ground water' },
    }
    const services = [...taxonomy.taxonomy.services, added]
    const near = (text: string) => nearestServices(text, serviceProfiles({ ...taxonomy.taxonomy, services })).services
    expect(near('Muốn khoan giếng mà không biết chỗ nào có nước ngọt, cần bản đồ mạch nước ngầm')[0]?.id).toBe(added.id)
    expect(near('Tôm nổi đầu, nước ao đục, không biết chỗ nào thiếu oxy')[0]?.id).toBe('aquaculture-monitoring')
  })
})

describe('the work of another trade', () => {
  it.each([
    ['Muốn vay hai tỷ tái đàn mà ngân hàng đòi thế chấp, ai chỉ chỗ vay lãi thấp', 'plainly'],
    ['can luat su dung ra kien doi tac ra toa an', 'plainly'],
    ['Cần phần mềm kế toán cho cửa hàng', 'no'],
    ['', 'no'],
  ])('"%s": %s', (text, other) => {
    expect(otherTradeIn(nearest(text))).toBe(other)
  })

  it.each([
    [{ service: 100, otherTrade: 50 }, 'no'],
    [{ service: 100, otherTrade: 110 }, 'perhaps'],
    [{ service: 100, otherTrade: 250 }, 'plainly'],
    [{ service: 1, otherTrade: 3 }, 'no'],
    [{ service: 1, otherTrade: 15 }, 'perhaps'],
  ] as const)('beside the nearest service, %o: %s', ({ service, otherTrade }, other) => {
    expect(otherTradeIn({ services: [{ ...accounting, score: service }], otherTrade })).toBe(other)
  })
})
