import type { Lexicon } from '../../../../src/platform/search/index.js'

/** A small fictional taxonomy: services and trades with the words people use for them. */
export const LEXICON: Lexicon = {
  version: 3,
  concepts: [
    {
      id: 'service:e-invoice',
      terms: ['Hóa đơn điện tử', 'xuất hóa đơn', 'e-invoice'],
      abbreviations: ['hddt'],
      cues: ['khách đòi hóa đơn đỏ mà xuất không kịp', 'viết hóa đơn giấy hoài mỏi tay'],
    },
    {
      id: 'service:e-contract',
      terms: ['Hợp đồng điện tử', 'ký hợp đồng từ xa'],
      abbreviations: ['hddt'],
      cues: ['gửi hợp đồng giấy qua lại mất cả tuần'],
    },
    {
      id: 'service:payroll',
      terms: ['Chấm công tính lương', 'quản lý nhân sự', 'payroll'],
      abbreviations: ['hrm'],
      cues: ['cuối tháng chấm công hay sai', 'thợ cãi nhau vì tính lương nhầm'],
    },
    {
      id: 'service:pos',
      terms: ['Phần mềm bán hàng', 'quản lý bán hàng', 'point of sale'],
      abbreviations: ['pos'],
      cues: ['giờ đông khách tính tiền không kịp'],
    },
    {
      id: 'service:app',
      terms: ['Ứng dụng di động', 'mobile app', 'app'],
      abbreviations: [],
      cues: ['muốn khách đặt ngay trên điện thoại'],
    },
    {
      id: 'service:traceability',
      terms: ['Truy xuất nguồn gốc', 'traceability'],
      abbreviations: ['txng'],
      cues: ['khách hỏi nguồn gốc trái khóm', 'không biết lô hàng hái ở vườn nào'],
    },
    {
      id: 'sector:rice',
      terms: ['Lúa gạo', 'nhà máy xay lúa', 'rice mill'],
      abbreviations: [],
      cues: ['lò sấy lúa', 'vụ đông xuân'],
    },
    { id: 'sector:canning', terms: ['canning'], abbreviations: [], cues: [] },
  ],
  abbreviations: { pm: 'phần mềm', htx: 'hợp tác xã', ko: 'không' },
}
