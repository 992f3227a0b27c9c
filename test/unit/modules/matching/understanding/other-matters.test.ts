import { describe, expect, it } from 'vitest'
import { findOtherMatters } from '../../../../../src/modules/matching/understanding/other-matters.rules.js'
import { plainText } from '../../../../../src/modules/matching/understanding/plain-text.rules.js'
import { understand } from '../../../../../src/modules/matching/understanding/understand.rules.js'
import { lexicon, TODAY, taxonomy } from '../demonstration-park.js'

const read = (text: string) => understand(text, { lexicon, taxonomy, province: '92', writtenOn: TODAY })
const services = (text: string) => read(text).services.map(({ id }) => id)

describe('the thing that a service is about', () => {
  it.each([
    'thuê kho lạnh',
    'Cần thuê một kho lạnh chứa cá',
    'rent a cold store',
    'cold store for rent',
    'học lập trình',
    'dạy con học lập trình',
    'lớp lập trình cho trẻ em',
    'mở tài khoản ngân hàng',
    'open a bank account',
    'làm thẻ ATM',
    'mua camera cũ',
    'thuê flycam quay đám cưới',
    'drone for wedding video',
    'tuyển dụng 5 công nhân',
    'cần tuyển nhân sự',
    'rút bảo hiểm xã hội',
    'livestream đám cưới',
    'chứng nhận VietGAP',
    'thuốc diệt virus',
    'in sổ liên lạc',
    'đặt vé xe về quê',
    'sửa máy in',
    'tập huấn phòng cháy chữa cháy',
    'tập huấn kỹ thuật nuôi lươn',
    'training for boat drivers',
  ])('is not the service: %s', (text) => {
    expect(services(text)).toEqual([])
    expect(services(plainText(text))).toEqual([])
  })

  it.each([
    ['quản lý kho lạnh', 'warehouse'],
    ['lắp camera cho trại', 'network-camera'],
    ['thợ sửa wifi', 'network-camera'],
    ['sửa camera', 'network-camera'],
    ['mua máy bay phun thuốc', 'farm-drones'],
    ['cần lập trình app giao hàng', 'custom-software'],
    ['phần mềm chấm công nhân sự', 'hr-payroll'],
    ['bị thuế kêu, cần phần mềm kho lạnh', 'warehouse'],
    ['diệt virus máy tính', 'cyber-security'],
    ['hồ sơ VietGAP', 'traceability'],
    ['tập huấn cho bà con bán hàng qua mạng', 'digital-training'],
  ])('is, where it is asked to be done: %s', (text, id) => {
    expect(services(text)).toContain(id)
  })
})

it('a machine of another trade is not repaired by a mechanic', () => {
  const sectors = (text: string) => read(text).sectors.map(({ id }) => id)
  for (const text of ['sửa máy in', 'sửa máy tính', 'sua may lanh', 'washing machine repair', 'phụ tùng máy in'])
    expect([text, sectors(text)]).toEqual([text, []])
  for (const text of ['sửa máy cày', 'sua may bom', 'machine repair']) expect(sectors(text)).toEqual(['mechanical'])
})

it('words with other accents are no other matter', () => {
  expect(findOtherMatters('thuế kho lạnh')).toEqual([])
  expect(findOtherMatters('cần thuê kho lạnh')).toEqual([{ start: 4, end: 17 }])
})

it('to build a thing of programs is no building trade, nor is it in use', () => {
  for (const text of ['xây dựng website', 'xay dung website']) {
    expect([text, services(text), read(text).sectors]).toEqual([text, ['website'], []])
  }
  expect(read('nhà thầu xây dựng ở Vị Thanh').sectors.map(({ id }) => id)).toEqual(['construction'])
  expect(read('cong ty xay dung').sectors.map(({ id }) => id)).toEqual(['construction'])
})

it('who teaches another thing is not guessed at either', () => {
  for (const text of ['đào tạo lái xe', 'dao tao lai xe', 'training for boat drivers'])
    expect([text, read(text).hunches]).toEqual([text, []])
})
