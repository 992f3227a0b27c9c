import { createHash } from 'node:crypto'
import { fold } from '../../../platform/search/index.js'
import { targetOf } from '../columns.rules.js'
import type { ListingTable } from '../tables/listing-table.js'
import { ID_COLUMN } from './judge.js'

/** What people call the columns, without accents. A word stands for the first field that a kind of listing has of those here. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  externalId: ['ma', 'ma so', 'ma ho so', 'ma doanh nghiep', 'code', 'record id', 'stt id'],
  name: [
    ...['ten', 'ten cong ty', 'ten doanh nghiep', 'ten don vi', 'ten co so', 'ten day du', 'cong ty', 'doanh nghiep'],
    ...['company', 'company name', 'business', 'business name', 'firm', 'full name', 'organisation', 'organization'],
  ],
  tradeName: ['ten giao dich', 'ten viet tat', 'thuong hieu', 'ten thuong mai', 'trade name', 'brand', 'short name'],
  kind: ['loai hinh', 'loai', 'type', 'kind of business', 'legal form'],
  taxCode: [
    'ma so thue',
    'mst',
    'ma thue',
    'ma so doanh nghiep',
    'msdn',
    'tax code',
    'tax id',
    'tax number',
    'vat number',
  ],
  tagline: ['khau hieu', 'gioi thieu ngan', 'tom tat', 'mot cau', 'slogan', 'summary', 'short description'],
  description: ['mo ta', 'gioi thieu', 'noi dung', 'linh vuc hoat dong', 'about', 'details', 'profile'],
  features: ['tinh nang', 'diem noi bat', 'feature'],
  benefits: ['loi ich', 'benefit'],
  services: ['dich vu', 'san pham dich vu', 'san pham', 'products', 'products and services'],
  priceMin: ['gia tu', 'gia thap nhat', 'price from', 'minimum price', 'min price'],
  priceMax: ['gia den', 'gia cao nhat', 'price to', 'maximum price', 'max price'],
  sectors: ['nganh', 'nganh nghe', 'linh vuc', 'nganh phuc vu', 'industry', 'industries'],
  sector: ['nganh', 'nganh nghe', 'linh vuc', 'industry'],
  wards: ['phuong xa', 'xa phuong', 'phuong', 'xa', 'dia ban'],
  ward: ['phuong xa', 'xa phuong', 'phuong', 'xa', 'dia ban'],
  provinces: ['tinh', 'tinh thanh', 'tinh thanh pho', 'city'],
  status: ['trang thai', 'tinh trang', 'quan he voi khu'],
  zone: ['khu', 'phan khu', 'toa nha', 'building'],
  unit: ['phong', 'so phong', 'lo', 'room', 'suite'],
  remote: ['lam tu xa', 'tu xa', 'remotely'],
  onSite: ['den tan noi', 'tai cho', 'on site', 'onsite'],
  sizeBand: ['quy mo', 'size', 'company size'],
  employees: ['so nhan vien', 'nhan su', 'so lao dong', 'so nguoi', 'staff', 'headcount', 'number of employees'],
  founded: ['nam thanh lap', 'thanh lap', 'founding year', 'year founded', 'established'],
  languages: ['ngon ngu'],
  certifications: ['chung nhan', 'chung chi', 'certificates'],
  address: ['dia chi', 'tru so', 'dia chi tru so', 'head office'],
  website: ['trang web', 'web', 'url', 'homepage'],
  email: ['thu dien tu', 'e mail', 'mail', 'dia chi thu', 'email address'],
  phone: ['dien thoai', 'so dien thoai', 'sdt', 'dt', 'hotline', 'tel', 'telephone', 'mobile', 'phone number'],
  tools: ['cong cu', 'phan mem dang dung', 'dang dung', 'software used'],
  listed: ['cong khai', 'hien cong khai', 'public'],
}

const LANGUAGES: readonly (readonly [RegExp, 'vi' | 'en'])[] = [
  [/ (tieng viet|vi|vn|vietnamese)$/, 'vi'],
  [/ (tieng anh|en|english)$/, 'en'],
]

/** The fields that a table's columns stand for, as far as their names tell it; each field once, the first column wins. */
export function guessMapping(columns: readonly string[], table: ListingTable<unknown>): (string | null)[] {
  const taken = new Set<string>()
  return columns.map((column) => {
    const name = guess(column, table)
    if (name === null || taken.has(name)) return null
    taken.add(name)
    return name
  })
}

function guess(column: string, { form }: ListingTable<unknown>): string | null {
  if (column.trim().toLowerCase() === ID_COLUMN) return ID_COLUMN
  const own = targetOf(column, form)
  if (own) return own.lang ? `${own.field}_${own.lang}` : own.field
  const words = plain(column)
  const [ending, lang] = LANGUAGES.find(([pattern]) => pattern.test(words)) ?? []
  const bare = ending ? words.replace(ending, '') : words
  const field = form.fields.find((one) => WORDS[one]?.includes(bare))
  if (!field) return null
  return lang && form.texts.includes(field) ? `${field}_${lang}` : field
}

/** The fields a column may stand for, as the mapping names them. */
export function mappableNames({ form }: ListingTable<unknown>): string[] {
  const fields = form.fields.flatMap((field) =>
    form.texts.includes(field) ? [`${field}_vi`, `${field}_en`, field] : [field],
  )
  return [ID_COLUMN, ...fields]
}

/** Under what a mapping of these columns is remembered: their order does not matter to people, but it does to the mapping. */
export function mappingId(parkId: string, kind: string, columns: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([parkId, kind, columns.map(plain)]))
    .digest('hex')
    .slice(0, 32)
}

const plain = (text: string) =>
  fold(text)
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
