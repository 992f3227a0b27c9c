import type { Comparable } from '../../../../src/modules/duplicates/prints.rules.js'

/** Invented listings. Those of one `firm` are one; a letter behind it tells apart what only looks alike. */
export interface Labelled extends Comparable {
  firm: string
}

const at = (website?: string, email?: string, phone?: string) => ({
  contacts: {
    ...(website && { website: { value: website } }),
    ...(email && { email: { value: email } }),
    ...(phone && { phone: { value: phone } }),
  },
})

export const LABELLED: readonly Labelled[] = [
  { firm: '1', name: { vi: 'Công ty TNHH Phù Sa Số' }, taxCode: '1801234562', ...at('https://phusaso.example') },
  { firm: '1', name: { vi: 'CTY TNHH MTV PHÙ SA SỐ' }, ...at(undefined, 'lienhe@phusaso.example') },
  { firm: '1', name: { en: 'Phu Sa So Co., Ltd.' }, taxCode: '1801234562' },
  { firm: '1b', name: { vi: 'Công ty Cổ phần Phù Sa Xanh' }, taxCode: '1800000011' },
  { firm: '2', name: { vi: 'HTX Nông nghiệp Cồn Lục' }, ward: '31120', ...at(undefined, undefined, '0292 3765 432') },
  { firm: '2', name: { vi: 'Hợp tác xã nông nghiệp Cồn Lục' }, ward: '31120' },
  { firm: '2b', name: { vi: 'HTX Nông nghiệp Cồn Ấu' }, ward: '31120' },
  { firm: '3', name: { vi: 'Công ty TNHH TM DV Lục Bình Tím' }, address: '12/3 đường 30 Tháng 4, P. Xuân Khánh' },
  { firm: '3', name: { vi: 'Lục Bình Tím' }, address: 'Số 12/3 30 tháng 4, phường Xuân Khánh, Cần Thơ' },
  { firm: '4', name: { vi: 'Công ty CP Giải pháp Công nghệ Bằng Lăng' }, ...at(undefined, undefined, '0909 111 222') },
  { firm: '4', name: { en: 'Bang Lang Technology Solutions JSC' }, ...at(undefined, undefined, '+84909111222') },
  { firm: '5', name: { vi: 'DNTN Bảy Mập' }, ...at(undefined, 'baymap.quan@gmail.com') },
  { firm: '5', name: { vi: 'Quán Bảy Mập' }, ...at(undefined, 'baymap.quan@gmail.com') },
  { firm: '5b', name: { vi: 'Hộ kinh doanh Tám Mập' }, ...at(undefined, 'tammap.quan@gmail.com') },
  { firm: '6', name: { vi: 'Công ty TNHH Agritek Hậu Giang' }, ...at(undefined, undefined, '0293 3888 999') },
  { firm: '6', name: { vi: 'Agritec Hậu Giang' }, ...at(undefined, undefined, '02933888999') },
  { firm: '7', name: { vi: 'Công ty TNHH Phần mềm Ba Khía' }, taxCode: '1801111119' },
  { firm: '7', name: { vi: 'Công ty TNHH Phần mềm Ba Khía' }, taxCode: '1801111119-001' },
  { firm: '7b', name: { vi: 'Công ty TNHH Xây dựng Ba Khía' }, taxCode: '1802222220' },
  { firm: '8', name: { vi: 'Công ty TNHH Sông Hậu Xanh' }, ...at('https://facebook.com/songhauxanh') },
  { firm: '8b', name: { vi: 'Trại giống Chín Rồng' }, ...at('https://facebook.com/chinrong') },
  { firm: '9', name: { vi: 'Vựa trái cây Sáu Lành' }, ...at(undefined, undefined, '0918 000 333') },
  { firm: '9', name: { vi: 'Vựa Sáu Lành' }, ...at(undefined, undefined, '0918000333') },
  { firm: '10', name: { vi: 'Dịch vụ nông nghiệp' }, ward: '31150' },
  { firm: '10b', name: { vi: 'Dịch vụ Nông nghiệp' }, ward: '31186' },
  { firm: '11', name: { vi: 'Công ty TNHH Đờn Ca Số' }, taxCode: '1803333331' },
  { firm: '11b', name: { vi: 'Công ty CP Đờn Ca Số' }, taxCode: '1804444442' },
  { firm: '12', name: { vi: 'Công ty TNHH Kế toán Cây Bần' }, ...at('https://caybanketoan.example') },
  { firm: '12', name: { vi: 'Văn phòng Kế toán Cây Bần' }, ...at('http://www.caybanketoan.example/vi') },
  { firm: '13', name: { vi: 'Cơ sở bánh pía Mỹ Lệ Sương' }, taxCode: '1805555553' },
  { firm: '13', name: { vi: 'Bánh pía Mỹ Lệ Sương' }, taxCode: '1805555553' },
]
