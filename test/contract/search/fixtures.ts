import type { IndexSchema, Lexicon, SearchDocument } from '../../../src/platform/search/index.js'

/** A small fictional directory: enough for homographs, abbreviations, lists, dates and missing values. */
export const SCHEMA: IndexSchema = {
  text: { name: { weight: 4, b: 0.3 }, services: { weight: 2, b: 0.4 }, description: { weight: 1, b: 0.5 } },
  filterable: ['concepts', 'sector', 'ward', 'size', 'remote', 'founded', 'tags', 'due'],
  sortable: ['founded', 'name', 'due'],
}

export const LEXICON: Lexicon = {
  version: 7,
  concepts: [
    {
      id: 'service:e-invoice',
      terms: ['hóa đơn điện tử', 'e-invoice', 'electronic invoice'],
      abbreviations: ['hddt'],
      cues: ['khách đòi hóa đơn đỏ mà xuất không kịp'],
    },
    {
      id: 'service:e-commerce',
      terms: ['thương mại điện tử', 'sàn bán hàng trực tuyến', 'ecommerce'],
      abbreviations: ['tmdt'],
      cues: ['muốn bán trên mạng mà không biết bắt đầu'],
    },
    {
      id: 'service:accounting',
      terms: ['kế toán', 'phần mềm kế toán', 'sổ sách', 'accounting'],
      abbreviations: ['pmkt'],
      cues: ['công nợ ghi sổ tay hay quên'],
    },
    { id: 'service:it', terms: ['công nghệ thông tin', 'information technology'], abbreviations: ['cntt'], cues: [] },
    { id: 'service:website', terms: ['thiết kế website', 'làm web'], abbreviations: [], cues: [] },
  ],
  abbreviations: { pm: 'phần mềm', htx: 'hợp tác xã' },
}

const firm = (
  id: string,
  name: string,
  description: string,
  rest: Record<string, SearchDocument[string]> = {},
): SearchDocument => ({
  id,
  version: 1,
  name,
  description,
  ...rest,
})

export const FIRMS: readonly SearchDocument[] = [
  firm('saomai', 'Sao Mai Kế Toán', 'Sao Mai cung cấp phần mềm kế toán cho hộ kinh doanh ở bến Ninh Sơn', {
    services: ['Phần mềm kế toán', 'Khai thuế'],
    concepts: ['service:accounting'],
    sector: ['retail', 'rice'],
    ward: 'ninh-son',
    size: 12,
    founded: 2012,
    remote: true,
    due: '2026-03-01',
  }),
  firm('thachsanh', 'Bút Ký Thạch Sanh', 'Giải pháp hóa đơn điện tử Thạch Sanh cho cửa hàng', {
    services: ['Hóa đơn điện tử'],
    concepts: ['service:e-invoice'],
    sector: ['retail'],
    ward: 'tan-phu',
    size: 40,
    founded: 2018,
    remote: false,
    due: '2026-05-20',
  }),
  firm('lanrung', 'Lan Rừng', 'Đại lý HĐĐT Lan Rừng', {
    sector: ['fruit'],
    ward: 'ninh-son',
    size: 5,
    founded: 2020,
    remote: null,
  }),
  firm('gamhoa', 'Gấm Hoa', 'Tư vấn thương mại điện tử Gấm Hoa cho làng nghề', {
    concepts: ['service:e-commerce'],
    sector: ['craft', 'fruit'],
    size: 9,
    founded: 2021,
  }),
  firm('kylan', 'Kỳ Lân', 'Dịch vụ công nghệ thông tin Kỳ Lân', {
    sector: [],
    ward: 'tan-phu',
    founded: 2009,
    tags: [1, 2],
  }),
  firm('duongdua', 'Đường Đua', 'Đăng ký đồng bộ dữ liệu Đường Đua tại Đắc Lộc', { ward: 'dac-loc' }),
  firm('thuyta', 'Thủy Tạ'.normalize('NFD'), 'Thiết kế website thủy tạ hòa bình'.normalize('NFD'), { ward: 'tan-phu' }),
  firm('ban', 'Bàn Ghế Tre', 'Bàn ghế tre tre'),
  firm('friend', 'Bạn Ghé Tre', 'Bạn ghé tre tre'),
  firm('dimple', 'Má Lúm', 'Má lúm đồng tiền'),
  firm('horse', 'Mã Lụm', 'Mã lụm đồng tiền'),
  firm('pigeon', 'Bồ Câu Kho', 'Bồ Câu: quản lý kho bằng mã vạch'),
  firm('ledger', 'Hummingbird Ledger', 'Accounting software and payroll by Hummingbird'),
  firm('sunbird', 'Chim Ruồi', 'Phần mềm accounting cho nhà máy dệt, tích hợp Node.js, gọi 0912 345 678'),
  firm('smith', 'Thợ Rèn', 'Lập trình ứng dụng di động Thợ Rèn bằng Flutter và C++'),
]

/** Documents as a source that a rebuild reads. */
export async function* stream(documents: Iterable<SearchDocument>): AsyncGenerator<SearchDocument> {
  for (const document of documents) yield document
}
