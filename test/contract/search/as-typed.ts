import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IndexSchema, Lexicon, SearchDocument, SearchPort } from '../../../src/platform/search/index.js'

const SCHEMA: IndexSchema = {
  text: { name: { weight: 4, b: 0.3 }, description: { weight: 1, b: 0.5 } },
  filterable: [],
  sortable: [],
}

const LEXICON: Lexicon = {
  version: 3,
  concepts: [
    {
      id: 'service:e-invoice',
      terms: ['hóa đơn điện tử', 'xuất hóa đơn', 'e-invoice'],
      abbreviations: ['hddt'],
      cues: ['khách đòi hóa đơn đỏ mà xuất không kịp', 'cơ quan thuế bắt nối máy tính tiền'],
    },
    {
      id: 'service:e-contract',
      terms: ['hợp đồng điện tử', 'ký hợp đồng từ xa', 'e-contract'],
      abbreviations: ['hddt'],
      cues: ['gửi hợp đồng lao động qua bưu điện cho đối tác ký'],
    },
    { id: 'service:accounting', terms: ['phần mềm kế toán', 'accounting'], abbreviations: ['pmkt'], cues: [] },
    { id: 'service:e-commerce', terms: ['thương mại điện tử', 'ecommerce'], abbreviations: ['tmdt'], cues: [] },
    { id: 'service:crm', terms: ['chăm sóc khách hàng', 'customer care'], abbreviations: ['cskh', 'crm'], cues: [] },
    { id: 'service:traceability', terms: ['truy xuất nguồn gốc'], abbreviations: ['txng'], cues: [] },
    { id: 'service:website', terms: ['thiết kế website'], abbreviations: ['web', 'thiet ke web'], cues: [] },
    { id: 'service:security', terms: ['an toàn thông tin', 'cyber security'], abbreviations: ['attt'], cues: [] },
    { id: 'service:software', terms: ['phần mềm theo yêu cầu'], abbreviations: ['lap trinh'], cues: [] },
  ],
  abbreviations: { pm: 'phần mềm', htx: 'hợp tác xã', dnnvv: 'doanh nghiệp nhỏ và vừa', ql: 'quản lý', k: 'không' },
}

const FIRMS: readonly SearchDocument[] = [
  ['ledger', 'Sổ Sách Bông Điên Điển', 'Phần mềm kế toán cho doanh nghiệp nhỏ và vừa, khai thuế qua mạng'],
  ['invoice', 'Bông Súng', 'Phát hành hóa đơn điện tử cho quán ăn, nối máy tính tiền với cơ quan thuế'],
  ['contract', 'Ký Gọn', 'Hợp đồng điện tử, ký số từ xa với đối tác, hợp đồng lao động thời vụ'],
  ['market', 'Chợ Nổi Số', 'Sàn thương mại điện tử cho nông sản miệt vườn'],
  ['erp', 'Trâu Sắt', 'Triển khai ERP cho nhà máy trên Odoo và PostgreSQL'],
  ['dotnet', 'Sen Đá', 'Viết bằng C# và .NET, chuyển ứng dụng cũ lên máy chủ mới'],
  ['embedded', 'Ba Khía Nhúng', 'Thiết bị đo viết bằng C++ cho nhà xưởng 4.0'],
  ['node', 'Rạch Ròi', 'Ngôn ngữ lập trình của chúng tôi là TypeScript trên Node.js và React'],
  ['drone', 'Cánh Cò', 'Máy bay không người lái phun thuốc, gọi 0292 388 8777'],
  ['camera', 'Mắt Ếch', 'Lắp đặt camera giám sát và chuông cửa'],
  ['cable', 'Đường Dây', 'Kéo cáp quang, mạng nội bộ, tổng đài'],
  ['crm', 'Khách Quen', 'CRM qua Zalo, nhắc lịch chăm sóc khách hàng'],
  ['stock', 'Kho Lẫm', 'Quản lý kho bằng mã vạch, kiểm kê hàng tuần'],
  ['label', 'Tem Thật', 'Tem QR truy xuất nguồn gốc trái cây cho hợp tác xã'],
  ['payroll', 'Gà Gáy', 'Chấm công khuôn mặt, tính lương, bảo hiểm xã hội'],
  ['school', 'Bút Chì', 'Quản lý trường học, điểm danh học sinh, thu học phí'],
  ['clinic', 'Mạch Lạc', 'Bệnh án điện tử cho phòng khám'],
  ['backup', 'Mây Trắng', 'Sao lưu dữ liệu đám mây, máy chủ ảo'],
  ['security', 'Khóa Kỹ', 'Kiểm thử an toàn thông tin, vá lỗ hổng'],
  ['transport', 'Ghe Bầu', 'Điều phối xe tải và ghe, mã số thuế 1801234567-001'],
  ['hotel', 'Lá Dừa', 'Sổ đặt phòng cho homestay và khách sạn nhỏ'],
  ['site', 'Giàn Mướp', 'Thiết kế website bán hàng, làm web giới thiệu'],
  ['crab', 'Vựa Cua Năm Căn', 'Cân cua biển bằng máy'],
  ['door', 'Cửa Nhôm Ba Đô', 'Báo giá cửa sổ nhôm kính'],
  ['salt', 'Muối Trắng', 'Ruộng muối lót bạt, đo độ mặn'],
  ['mosquito', 'Bẫy Muỗi', 'Đèn bắt muỗi cho chuồng trại'],
  ['coconut', 'Dừa Sáp', 'Sàng lọc trái dừa bằng hình ảnh'],
  ['pineapple', 'Dứa Khóm', 'Phân loại dứa đóng hộp'],
  ['heron', 'Blue Heron Analytics', 'Dashboards and forecasting for companies that plan inventories'],
  ['kite', 'Paper Kite', 'Automated scheduling of physicians, deployments on Kubernetes'],
  ['otter', 'River Otter Labs', 'Managed invoicing software and payments for small businesses'],
  ['lark', 'SkyLark', 'Chatbot trả lời tự động, e-learning, F&B'],
].map(([id = '', name = '', description = '']) => ({ id, version: 1, name, description }))

type Row = [label: string, q: string, id: string, worst: number]

/** What is typed, the firm that is meant and the worst place where it may stand. */
const TYPED: readonly Row[] = [
  ['abbreviation with a name', 'pmkt bong dien dien', 'ledger', 1],
  ['abbreviation of a part', 'pm ke toan', 'ledger', 1],
  ['abbreviation in capitals', 'PMKT', 'ledger', 1],
  ['abbreviation for a trade', 'htx truy xuat nguon goc', 'label', 1],
  ['abbreviation alone', 'txng', 'label', 1],
  ['abbreviation at the end', 'phần mềm cho dnnvv', 'ledger', 1],
  ['two abbreviations', 'ql kho hang tuan', 'stock', 1],
  ['phrase for an acronym in the text', 'chăm sóc khách hàng zalo', 'crm', 1],
  ['acronym for a phrase in the text', 'cskh', 'crm', 1],
  ['English acronym', 'crm zalo', 'crm', 1],
  ['English for Vietnamese', 'cyber security', 'security', 1],
  ['English for Vietnamese, with a name', 'ecommerce chợ nổi', 'market', 1],
  ['ambiguous: what is issued', 'xuất hđđt cho khách', 'invoice', 1],
  ['ambiguous: what the tax office wants', 'hddt noi co quan thue', 'invoice', 1],
  ['ambiguous: what is signed', 'ký hđđt với đối tác', 'contract', 1],
  ['ambiguous: what is signed, no accents', 'hddt lao dong thoi vu', 'contract', 1],
  ['ambiguous: nothing decides', 'hddt', 'invoice', 2],
  ['nickname kept as typed', 'ngôn ngữ lập trình', 'node', 1],
  ['nickname', 'làm web', 'site', 1],
  ['Telex, tones at the end', 'kees toans bong', 'ledger', 1],
  ['Telex with đ', 'ddieemr danh hoc sinh', 'school', 1],
  ['Telex horn', 'truowngf hocj', 'school', 1],
  ['Telex breve', 'trawngs mays chur', 'backup', 1],
  ['Telex unfinished in one word', 'benehj án', 'clinic', 1],
  ['Telex, marks before the end', 'laaps dadwtj camera', 'camera', 1],
  ['VNI', 'phan6n mem62m ke61 toan1', 'ledger', 2],
  ['VNI numbers inside', 'ha2ng tua6n', 'stock', 1],
  ['VNI with đ', 'd9a8t5 phong2 homestay', 'hotel', 1],
  ['VNI horn', 'd9u7o7ng2 da6y', 'cable', 1],
  ['slip: letter missing', 'truy xut nguồn gốc', 'label', 1],
  ['slip: letter twice', 'chấm cônng khuôn mặt', 'payroll', 1],
  ['slip: letters swapped', 'kiểm kê hàng tuầ', 'stock', 1],
  ['slip: swapped, no accents', 'benh na dien tu phong kahm', 'clinic', 1],
  ['slip: neighbouring key', 'dieu phoi xe tsi', 'transport', 1],
  ['slip: wrong accent', 'phấn mềm kể toán', 'ledger', 1],
  ['slip: n for ng', 'bản mã vạch quản lý kho', 'stock', 1],
  ['slip in English', 'dashbords forcasting', 'heron', 1],
  ['slip in a name', 'kubernets', 'kite', 1],
  ['glued words', 'phanmemketoan', 'ledger', 1],
  ['glued with accents', 'chấmcông tínhlương', 'payroll', 1],
  ['glued partly', 'hoadon dientu quan an', 'invoice', 1],
  ['glued where English has an ending', 'quanly kho', 'stock', 1],
  ['name glued', 'chonoi so', 'market', 1],
  ['name written together in the text', 'sky lark', 'lark', 1],
  ['name written together, typed together', 'skylark', 'lark', 1],
  ['split English', 'post gre sql odoo', 'erp', 3],
  ['homograph: cua', 'cua biển', 'crab', 1],
  ['homograph: cửa', 'cửa sổ', 'door', 1],
  ['homograph: muối', 'muối', 'salt', 1],
  ['homograph: muỗi', 'muỗi', 'mosquito', 1],
  ['homograph: dừa', 'trái dừa', 'coconut', 1],
  ['homograph: dứa', 'dứa', 'pineapple', 1],
  ['homograph without accents', 'dua dong hop', 'pineapple', 1],
  ['English plural', 'company inventory', 'heron', 1],
  ['English verb forms', 'plans forecasted', 'heron', 1],
  ['English nouns of verbs', 'automation schedule physician', 'kite', 1],
  ['English -ment', 'deploying kubernetes', 'kite', 1],
  ['English with an unfinished word', 'invoicing softw', 'otter', 1],
  ['code c++', 'c++', 'embedded', 1],
  ['code c#', 'C#', 'dotnet', 1],
  ['code .net', '.net', 'dotnet', 1],
  ['code asp-like', 'viết .NET', 'dotnet', 1],
  ['code node.js', 'nodejs', 'node', 1],
  ['code node js', 'node js react', 'node', 1],
  ['code 4.0', 'nhà xưởng 4.0', 'embedded', 1],
  ['code F&B', 'f&b', 'lark', 1],
  ['code e-learning', 'elearning', 'lark', 1],
  ['phone number', '02923888777', 'drone', 1],
  ['phone number from abroad', '+84 292 388 8777', 'drone', 1],
  ['tax code', '1801234567-001', 'transport', 1],
  ['decomposed', 'truy xuất nguồn gốc'.normalize('NFD'), 'label', 1],
  ['tone placement', 'khoá kỹ', 'security', 1],
  ['i for y', 'quản lí kho', 'stock', 1],
  ['i for y in a name', 'khóa kĩ', 'security', 1],
  ['mixed: accents here and there', 'sao luu dữ lieu đám may', 'backup', 1],
  ['mixed: telex and abbreviation', 'pm kees toans', 'ledger', 1],
  ['mixed: languages', 'homestay booking đặt phòng', 'hotel', 1],
  ['mixed: glued, no accents, abbreviation', 'htx truyxuat nguongoc', 'label', 1],
  ['a question', 'ai làm phần mềm kế toán cho doanh nghiệp nhỏ vậy?', 'ledger', 1],
  ['a sentence', 'tôi cần tìm công ty lắp đặt camera giám sát cho nhà trọ', 'camera', 1],
  ['unfinished last word', 'máy bay không ngư', 'drone', 1],
]

/** What is typed and how it is said to have been read; null where it is taken as typed. */
const READ: readonly [q: string, readAs: string | null, suggestion: string | null][] = [
  ['hddt', 'hóa đơn điện tử', 'hợp đồng điện tử'],
  ['xuất hđđt', 'xuất hóa đơn điện tử', null],
  ['ký hđđt với đối tác', 'ký hợp đồng điện tử với đối tác', null],
  ['pmkt', 'phần mềm kế toán', null],
  ['phaanf meemf kees toans', 'phần mềm kế toán', null],
  ['phanmem ketoan', 'phần mềm kế toán', null],
  ['cham cong khuon matt', 'chấm công khuôn mặt', null],
  ['ngôn ngữ lập trình', null, null],
  ['làm web', null, null],
  ['crm', null, null],
  ['ecommerce', null, null],
  ['k-12', null, null],
  ['phan mem ke toan', null, null],
  ['phần mềm kế toán', null, null],
  ['phần mếm kế toán', null, 'phần mềm kế toán'],
]

/** What every engine promises of how people type. The engine is filled once: nothing here writes. */
export function describeAsTyped(name: string, makeEngine: () => Promise<SearchPort>): void {
  describe(`what is typed into ${name}`, () => {
    let engine: SearchPort
    beforeAll(async () => {
      engine = await makeEngine()
      await engine.ensureIndex('providers', SCHEMA)
      await engine.useLexicon(LEXICON)
      await engine.upsert('providers', FIRMS)
      await engine.flush('providers')
    })
    afterAll(() => engine.close())

    it.each(TYPED)('%s: "%s"', async (_label, q, id, worst) => {
      const { hits } = await engine.search('providers', { q, limit: 10 })
      const place = hits.findIndex((hit) => hit.id === id) + 1
      expect(place, `found ${hits.map((hit) => hit.id).join(', ') || 'nothing'}`).toBeGreaterThan(0)
      expect(place).toBeLessThanOrEqual(worst)
    })

    it.each(READ)('reads "%s" as %s and offers %s', async (q, readAs, suggestion) => {
      expect(await engine.search('providers', { q })).toMatchObject({ readAs, suggestion })
    })
  })
}
