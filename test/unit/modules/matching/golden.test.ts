import { beforeAll, describe, expect, it } from 'vitest'
import { plainText } from '../../../../src/modules/matching/understanding/plain-text.rules.js'
import { demonstrationFirms, matcherOver, PARK, visitor } from './demonstration-park.js'

/** Needs in four voices, and the firms that somebody who has read all of them would name. */
const GOLDEN: readonly [voice: string, text: string, firms: readonly string[]][] = [
  [
    'accented',
    'Xoài cát của tổ hợp tác bán cho siêu thị, họ đòi mỗi trái có tem quét ra vườn nào, xịt thuốc ngày nào.',
    ['phu-sa-xanh'],
  ],
  [
    'accented',
    'Tiệm thuốc tây của em bẻ lẻ từng vỉ, hay bán lộn hàng cận hạn, lại phải đẩy số liệu lên cổng dược.',
    ['hat-e'],
  ],
  [
    'accented',
    'Đêm cúp điện quạt ngưng, ao cá ngộp chết trắng. Cần cái báo về điện thoại khi oxy tụt.',
    ['rach-la', 'that-lat-lab'],
  ],
  [
    'accented',
    'Nhà thầu tụi tôi làm một lúc năm công trình, không biết công trình nào lời công trình nào lỗ.',
    ['luc-binh'],
  ],
  [
    'unaccented',
    'nha may xay lua co 40 cong nhan, cuoi thang cham cong hay sai, tinh luong cai nhau hoai',
    ['gian-muop', 'soi-lac', 'la-dua'],
  ],
  ['unaccented', 'ruong 200 cong moi lan xit thuoc muon nguoi khong ra, nghe noi co may bay', ['seu-dong']],
  ['unaccented', 'nha tro 12 phong gan lung sinh thai, khach dat trung phong voi agoda hoai', ['long-den']],
  ['chatty', 'e bán trà sữa 2 quán, nv bấm máy tính tay hay lộn, tối đếm tiền hụt hoài 😢 tầm 7tr thôi ạ', ['con-say']],
  [
    'chatty',
    'ac ơi trường mầm non mình muốn ph coi đc hình bé ăn ngủ, báo nghỉ qua đt, ko phải ghi sổ liên lạc nữa',
    ['la-mam', 'bang-den'],
  ],
  [
    'chatty',
    'xe cty chạy đâu ko ai biết, tài xế khai dầu khống, cần định vị vs quản lý chuyến',
    ['banh-lai', 'cay-sao'],
  ],
  [
    'english',
    'We weave water hyacinth baskets and need a website in English that foreign buyers can trust',
    ['hoa-tram'],
  ],
  [
    'english',
    'Small seafood plant: we must trace any carton back to the pond for our Japanese customer',
    ['tram-tro-bong', 'cot-buom'],
  ],
  [
    'english',
    'Our server was locked by hackers last month and nobody had a backup',
    ['ngon-den-khuya', 'vua-may', 'tu-sat-miet-vuon'],
  ],
]

const HOPELESS: readonly string[] = [
  'Cần quét 3D bốn trăm món đồ cổ để khách xa coi từng vết men',
  'can mua dien thoai ve tinh cho tau danh ca xa bo',
  'Tìm luật sư đứng ra bào chữa trước tòa vụ kiện giao hàng trễ',
  'We are looking for a translator from Japanese for a court hearing',
  'Muốn vay hai tỷ tái đàn heo sau dịch mà ngân hàng đòi thế chấp, ai chỉ chỗ vay lãi thấp và giúp hồ sơ vay',
  'Ai cho thuê xe cẩu năm mươi tấn gần Ngã Bảy không?',
]

const LOOKED_AT = 3

let match: Awaited<ReturnType<typeof matcherOver>>['match']
beforeAll(async () => {
  match = (await matcherOver(demonstrationFirms)).match
})

const ask = (text: string) => match(visitor, PARK, { text, limit: LOOKED_AT })
const idsOf = ({ results }: Awaited<ReturnType<typeof ask>>) =>
  results.map(({ record }) => record.id.replace('demo-p-', ''))

describe('among the demonstration firms', () => {
  it.each(GOLDEN)('somebody who asks (%s) "%s" is shown %j first', async (_voice, text, firms) => {
    const answer = await ask(text)
    expect(answer.verdict).toBe('answered')
    expect(firms).toContain(idsOf(answer)[0])
  })

  it.each(GOLDEN.filter(([voice]) => voice === 'accented'))(
    '%s: the same firm leads without accents: "%s"',
    async (_voice, text, firms) => {
      expect(firms).toContain(idsOf(await ask(plainText(text)))[0])
    },
  )

  it.each(HOPELESS.map((text) => [text]))('nobody does "%s", and the nearest are still shown', async (text) => {
    const answer = await ask(text)
    expect(answer.verdict).toBe('nobody')
    expect(answer.results).not.toEqual([])
  })
})
