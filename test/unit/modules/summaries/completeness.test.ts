import { describe, expect, test } from 'vitest'
import { businessProfile } from '../../../../src/modules/businesses/index.js'
import { providerProfile } from '../../../../src/modules/providers/index.js'
import {
  businessChecks,
  missingFrom,
  percentOf,
  providerChecks,
} from '../../../../src/modules/summaries/completeness.rules.js'

const bare = { name: { vi: 'Vàm' }, description: { vi: 'Làm phần mềm.' }, park: { status: 'applying' } }
const LONG = 'Làm phần mềm cho hợp tác xã. '.repeat(12)

const full = providerProfile.parse({
  ...bare,
  tagline: { vi: 'Gom số liệu', en: 'Figures gathered' },
  description: { vi: LONG, en: LONG },
  features: [{ vi: 'một' }],
  benefits: [{ vi: 'hai' }],
  services: [{ service: 'data-ai', evidence: { vi: 'lời' }, price: { min: 1 }, deliveryWeeks: { min: 1, max: 2 } }],
  sectors: ['rice'],
  provinces: ['92'],
  remote: false,
  onSite: true,
  sizeBand: 'micro',
  founded: 2020,
  languages: ['vi'],
  cases: [1, 2].map(() => ({ client: { vi: 'a' }, problem: { vi: 'b' }, result: { vi: 'c' } })),
  contacts: { phone: { value: '0912345678', visibility: 'introduced' } },
})

describe('how much a profile says', () => {
  test('a firm that says all that counts has nothing missing', () => {
    expect(missingFrom(providerChecks(full))).toEqual([])
    expect(percentOf(providerChecks(full))).toBe(100)
  })

  test('of a bare firm the service is missing first, since nobody finds a firm without one', () => {
    const checks = providerChecks(providerProfile.parse(bare))
    expect(missingFrom(checks)[0]).toMatchObject({ key: 'services', section: 'services' })
    expect(percentOf(checks)).toBeLessThan(10)
  })

  test('what only some of the services say counts half', () => {
    const profile = providerProfile.parse({
      ...full,
      services: [{ service: 'erp-mes', evidence: { vi: 'lời' } }, { service: 'data-ai' }],
    })
    const status = (key: string) => providerChecks(profile).find((check) => check.key === key)?.status
    expect(status('evidence')).toBe('partly')
    expect(status('prices')).toBe('unknown')
  })

  test('a stated no is an answer: a firm that does not work remotely has said so', () => {
    expect(providerChecks(full).find(({ key }) => key === 'ways')?.status).toBe('met')
  })

  test('every missing thing makes less than a hundred percent', () => {
    for (const { key } of providerChecks(full)) {
      const checks = providerChecks(full).map((c) => (c.key === key ? { ...c, status: 'unknown' as const } : c))
      expect(percentOf(checks)).toBeLessThan(100)
    }
  })

  test('a business without its sector is told so before all but its description', () => {
    const checks = businessChecks(
      businessProfile.parse({ name: { vi: 'Tiệm' }, kind: 'household', description: { vi: LONG } }),
    )
    expect(missingFrom(checks)[0]?.key).toBe('business-sector')
  })
})
