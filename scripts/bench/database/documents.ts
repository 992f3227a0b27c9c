import type { Document, IndexDescription } from 'mongodb'

/** Entries of an invented directory, of about 700 bytes. */
export const INDEXES: IndexDescription[] = [
  { key: { number: 1 }, name: 'number', unique: true },
  { key: { district: 1, at: -1 }, name: 'district_at' },
  { key: { services: 1 }, name: 'services' },
]

export const DISTRICTS = 50
const SERVICES = 200
const WORDS = ['máy', 'bơm', 'lúa', 'kho', 'lạnh', 'cá', 'trái', 'vườn', 'nước', 'điện', 'xe', 'thuyền', 'đóng', 'gói']

export function entry(n: number): Document {
  const words = Array.from({ length: 60 }, (_, i) => WORDS[(n * 31 + i * 17 + ((n * i) % 13)) % WORDS.length])
  return {
    number: n,
    name: `Cơ sở ${n}`,
    district: n % DISTRICTS,
    services: [n % SERVICES, (n * 7) % SERVICES, (n * 13) % SERVICES],
    about: words.join(' '),
    contact: { phone: `0293 ${n}`, address: { street: `Đường ${n % 400}`, ward: `Phường ${n % 75}` } },
    at: new Date(1_700_000_000_000 + ((n * 7919) % 10_000_000) * 1000),
    open: n % 3 !== 0,
  }
}
