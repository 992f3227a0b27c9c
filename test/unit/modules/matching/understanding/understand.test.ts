import { describe, expect, it } from 'vitest'
import { understand } from '../../../../../src/modules/matching/understanding/understand.rules.js'
import type { Given } from '../../../../../src/modules/matching/understanding/understood.types.js'
import { lexicon, TODAY, taxonomy } from '../demonstration-park.js'

const read = (text: string, given?: Given) =>
  understand(text, { lexicon, taxonomy, province: '92', writtenOn: TODAY, given })
const services = (text: string) => read(text).services.map(({ id }) => id)

describe('the services of a need', () => {
  it.each([
    ['htx trong khom cau duc, can dan tem truy xuat nguon goc cho sieu thi', 'traceability'],
    ['Cuối tháng chấm công hay sai, công nhân cãi hoài, cần cách tính lương cho rõ', 'hr-payroll'],
    ['cuoi thang cham cong hay sai, cong nhan cai hoai, can cach tinh luong cho ro', 'hr-payroll'],
    ['tiem minh can pm ban hang, in bill, quet ma vach', 'pos'],
    ['Tôm nổi đầu lúc nửa đêm mà không ai hay, muốn điện thoại reng lên', 'aquaculture-monitoring'],
    ['nước mặn lên hồi nào không hay, ruộng chết sạch, cần máy đo ở miệng cống báo về', 'smart-farming'],
    ['We sell baskets abroad and need a company site in English', 'website'],
    ['Our barges: we phone drivers all day to learn where they are', 'transport-management'],
    ['em cần hddt từ máy tính tiền, thuế bắt nối rồi', 'e-invoice'],
    ['khách nhắn ban đêm hỏi giá y chang nhau, không ai trả lời kịp', 'chatbot'],
    ['Máy nén lạnh hay hỏng giữa đêm, tiền điện xưởng tăng mà không biết máy nào ăn', 'industrial-iot'],
    ['kho phan thuoc ton bao nhieu khong ro, cuoi thang kiem lech hoai', 'warehouse'],
  ])('%s', (text, service) => {
    expect(services(text)[0]).toBe(service)
  })

  it('are named with the words that say so', () => {
    const text = 'Cần làm tem truy xuất cho khóm'
    const [first] = read(text).services
    expect(first?.spans.map(({ start, end }) => text.slice(start, end).toLowerCase()).join(' ')).toContain('truy xuất')
  })

  it('are no others when one is called by its name and nothing else is said', () => {
    const names = taxonomy.taxonomy.services.flatMap(({ id, name }) => [name.vi, name.en].map((said) => [said, id]))
    expect(names.map(([said = '']) => [said, services(said)])).toEqual(names.map(([said, id]) => [said, [id]]))
  })

  it('do not include what it says it does not want', () => {
    const { services: wanted, negated } = read('Cần chấm công cho xưởng may, không cần phần mềm kế toán')
    expect(wanted.map(({ id }) => id)).toContain('hr-payroll')
    expect(wanted.map(({ id }) => id)).not.toContain('accounting')
    expect(negated).toContain('accounting')
  })

  it.each([
    ['Tiệm bánh ở Đà Nẵng cần làm website'],
    ['I need a website, not a shop on Facebook'],
    ['website cũ rồi, khách chê'],
    ['có website rồi, giờ muốn nâng cấp'],
    ['co website roi, gio muon lam lai'],
    ['we have a website, want a new one'],
    ['chị Dung website bị chậm'],
  ])('are asked for by name, though the words beside look as if not: %s', (text) => {
    expect(services(text)[0]).toBe('website')
  })

  it.each([
    ['customers can find us on the website'],
    ['There is no need for a website, we look for a lawyer'],
    ['There is no need to build a website, we look for a lawyer'],
    ['mình có website rồi, giờ cần thợ sửa ống nước'],
  ])('are not asked for by name alone: %s', (text) => {
    expect(services(text)).not.toContain('website')
  })

  it.each([
    ['không bán hàng online, không làm web, chỉ muốn gắn camera coi tiệm'],
    ['khong ban hang online, khong lam web, chi muon gan camera coi tiem'],
  ])('do not include the first thing that is refused in a row: %s', (text) => {
    expect(services(text)).toEqual(['network-camera'])
    expect([...read(text).negated].sort()).toEqual(['e-commerce', 'website'])
  })

  it('step back when they are in use already', () => {
    const wanted = read('Đang dùng phần mềm kế toán, giờ cần hóa đơn điện tử').services
    expect(wanted[0]?.id).toBe('e-invoice')
    expect(wanted.find(({ id }) => id === 'accounting')?.weight ?? 0).toBeLessThan(0.5)
  })

  it.each([
    ['cần luật sư bào chữa tại tòa'],
    ['muốn mua điện thoại vệ tinh cho tàu đánh cá xa bờ'],
    ['xin chào anh chị, em cảm ơn nhiều'],
    ['asdf qwer zxcv'],
    ['12345 67890'],
    [''],
  ])('"%s" asks for none surely', (text) => {
    expect(read(text).services.filter(({ weight }) => weight >= 0.45)).toEqual([])
  })
})

describe('what else a need says', () => {
  it('is read from one chatty line', () => {
    const understood = read(
      'htx trong khom cau duc o vi tan, 40 ho, can tem truy xuat, tam 40tr, xong truoc tet, toi tan noi nha',
    )
    expect(understood.sectors[0]?.id).toBe('fruit')
    expect(understood.ward?.code).toBe('31333')
    expect(understood.budget?.max).toBe(40_000_000)
    expect(understood.deadline?.date).toBe('2027-02-05')
    expect(understood.onSite?.value).toBe(true)
    expect(understood.language).toBe('vi')
  })

  it('is read from English', () => {
    const understood = read(
      'Our shrimp farm needs pond monitoring, budget under 3k USD, within 6 weeks. English support is a must have.',
    )
    expect(understood.sectors[0]?.id).toBe('aquaculture')
    expect(understood.budget).toMatchObject({ max: 78_000_000, currency: 'USD' })
    expect(understood.deadline?.weeks).toBe(6)
    expect(understood.language).toBe('en')
  })

  it.each([
    ['làm từ xa cũng được, cần thiết kế web', false],
    ['cần người tới tận nơi coi rồi báo giá', true],
    ['must be on-site for the first week', true],
  ])('whether somebody has to come: %s', (text, value) => {
    expect(read(text).onSite?.value).toBe(value)
  })

  it('keeps declared musts in their own words, and no everyday "phải"', () => {
    expect(
      read('Bắt buộc chạy được khi mất mạng. Hóa đơn phải chép tay hoài').mustHaves.map(({ text }) => text),
    ).toEqual(['chạy được khi mất mạng'])
  })

  it('names the tools in use, not those wished for', () => {
    expect(read('Đang ghi sổ bằng Excel, muốn dùng Zalo để nhắn khách').tools).toEqual(['Excel'])
  })

  it('leaves greetings, tender phrases, phones and budgets out of the words that count', () => {
    const { words } = read(
      'Kính chào quý công ty. Gói thầu số 4: Thuê dịch vụ công nghệ thông tin quản lý văn bản, kinh phí 40 triệu, gọi 0912 345 678. Xin cảm ơn!',
    )
    expect(words).toContain('quản lý văn bản')
    expect(words).not.toMatch(/Kính chào|Gói thầu|0912|40 triệu|cảm ơn/)
  })

  it('keeps offsets when words are left out', () => {
    const text = 'Chào anh chị, cần quản lý văn bản'
    expect(read(text).words).toHaveLength(text.length)
  })

  it('goes by the given fields before the text', () => {
    const understood = read('cần chấm công cho xưởng ở Vị Tân, tầm 40tr', {
      services: ['crm-call-center'],
      sector: 'garment',
      ward: '31321',
      budget: { max: 9_000_000 },
      deadline: '2027-01-31',
      onSite: false,
    })
    expect(understood.services).toEqual([{ id: 'crm-call-center', weight: 1, spans: [], source: 'given' }])
    expect(understood.sectors.map(({ id }) => id)).toEqual(['garment'])
    expect(understood.ward?.code).toBe('31321')
    expect(understood.budget?.max).toBe(9_000_000)
    expect(understood.deadline?.date).toBe('2027-01-31')
    expect(understood.onSite?.value).toBe(false)
  })

  it('survives hostile and broken input', () => {
    for (const text of [
      '\u0000\ud800 $gt __proto__',
      '<script>alert(1)</script>',
      '💩'.repeat(500),
      'a'.repeat(4000),
      '(((('.repeat(900),
    ]) {
      expect(() => read(text)).not.toThrow()
    }
  })
})
