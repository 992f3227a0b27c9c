import type { Core } from '../../src/core.js'
import { type ProviderProfile, providerProfile } from '../../src/modules/providers/index.js'
import type { StoredRecord } from '../../src/platform/records/record.types.js'

/** Firms written with one change. */
const BATCH = 200

const FORMS = ['Công ty TNHH', 'Công ty TNHH Một thành viên', 'Công ty Cổ phần', 'Doanh nghiệp tư nhân']
const TRADES = ['Công nghệ', 'Phần mềm', 'Giải pháp số', 'Tự động hóa', 'Dữ liệu', 'Thiết bị thông minh', 'Viễn thông']
const FIRST = ['An', 'Bình', 'Cát', 'Đông', 'Hậu', 'Khánh', 'Lam', 'Minh', 'Nam', 'Phú', 'Quang', 'Sông', 'Tân', 'Vạn']
const SECOND = ['Giang', 'Hải', 'Hưng', 'Lộc', 'Long', 'Phát', 'Sen', 'Thành', 'Thịnh', 'Tín', 'Trí', 'Việt', 'Xuân']
const THIRD = [
  '',
  ' Á',
  ' Bảo',
  ' Đại',
  ' Gia',
  ' Kim',
  ' Miền Tây',
  ' Mới',
  ' Phương Nam',
  ' Sài',
  ' Thiên',
  ' Toàn Cầu',
]
const WORDS =
  'sổ sách bán hàng trang trại tôm lúa vườn kho giao nhận hóa đơn điện tử máy đo cảm biến ảnh bản đồ nhắc lịch khám hồ sơ hợp tác xã thương lái giống phân bón nước mặn công nợ'.split(
    ' ',
  )

/** The same firm for the same number: no two are alike, and none is a real one. */
export function inventedFirm(n: number, services: readonly string[], sectors: readonly string[]) {
  const pick = <T>(from: readonly T[], salt: number): T => from[hash(n, salt) % from.length] as T
  const own = `${pick(FIRST, 1)} ${pick(SECOND, 2)}${pick(THIRD, 3)} ${n}`
  const text = Array.from({ length: 60 }, (_, i) => pick(WORDS, 10 + i)).join(' ')
  return providerProfile.parse({
    name: { vi: `${pick(FORMS, 4)} ${pick(TRADES, 5)} ${own}` },
    tradeName: own,
    description: { vi: `${own}: ${text}.` },
    park: { status: n % 3 === 0 ? 'resident' : 'associated' },
    services: [...new Set([pick(services, 6), pick(services, 7)])].map((service) => ({ service })),
    sectors: [pick(sectors, 8)],
    // A sixth has nothing to be reached by, as listings that somebody copied from a register do.
    contacts:
      n % 6 === 0
        ? {}
        : {
            email: { value: `lien-he@f${n}.example`, visibility: 'public' },
            phone: { value: phoneOf(n), visibility: 'public' },
          },
  })
}

/** Adds `count` invented firms, as an import would, and hands over each part of them as it is stored. */
export async function addInventedFirms(
  core: Core,
  count: number,
  onStored: (firms: readonly StoredRecord<ProviderProfile>[]) => Promise<void> = async () => {},
): Promise<void> {
  const { taxonomy } = core.taxonomy()
  const ids = (kind: 'services' | 'sectors') => taxonomy[kind].map(({ id }) => id)
  const [services, sectors] = [ids('services'), ids('sectors')]
  for (let at = 0; at < count; at += BATCH) {
    const edits = Array.from({ length: Math.min(BATCH, count - at) }, (_, i) => {
      const profile = inventedFirm(at + i, services, sectors)
      return {
        set: { published: profile },
        slugFrom: profile.tradeName ?? '',
        source: 'bench',
        externalId: `bench-${at + i}`,
      }
    })
    const what = { parkId: core.park().id, type: 'provider', by: 'system:bench', why: 'bench' } as const
    await onStored(await core.change<ProviderProfile>({ ...what, edits }))
  }
}

const phoneOf = (n: number) => `+8490${String(1_000_000 + (n % 9_000_000)).padStart(7, '0')}`

/** Spread evenly enough for picking words; of no other use. */
const hash = (n: number, salt: number) => ((Math.imul(n + 1, 2_654_435_761) ^ Math.imul(salt, 40_503)) >>> 0) >>> 5
