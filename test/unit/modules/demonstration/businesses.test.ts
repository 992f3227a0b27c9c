import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { businessProfile } from '../../../../src/modules/businesses/businesses.schemas.js'
import { wardByCode } from '../../../../src/modules/geography/index.js'
import { shippedTaxonomy } from '../../../../src/modules/taxonomy/taxonomy.service.js'
import { ADDRESS, alikeTexts, PHONE, repeated, wordCount } from '../../../support/texts.js'

const folder = new URL('../../../../src/modules/demonstration/data/businesses/', import.meta.url)
const raw = readdirSync(folder).flatMap((file) =>
  z.array(z.unknown()).parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
)

const record = z.strictObject({
  externalId: z.string().regex(/^demo-b-[a-z0-9]+(-[a-z0-9]+)*$/),
  profile: businessProfile,
})
const businesses = raw.flatMap((one) => record.safeParse(one).data ?? [])
const profiles = businesses.map((business) => business.profile)
const taxonomy = shippedTaxonomy()

const texts = (name: 'vi' | 'en') =>
  businesses.flatMap(({ externalId, profile }) => {
    const text = profile.description[name]
    return text ? [{ id: externalId, text }] : []
  })

describe('the demonstration businesses', () => {
  it('are all valid business records', () => {
    const problems = raw.flatMap(
      (one) => record.safeParse(one).error?.issues.map((issue) => [one, issue.path, issue.message]) ?? [],
    )
    expect(problems).toEqual([])
  })

  it('are at least forty, each with an id and a name of its own', () => {
    expect(businesses.length).toBeGreaterThanOrEqual(42)
    expect(repeated(businesses.map((business) => business.externalId))).toEqual([])
    expect(repeated(profiles.flatMap((profile) => profile.name.vi ?? []))).toEqual([])
  })

  it('come from every sector and every kind of business', () => {
    expect([...new Set(profiles.map((profile) => profile.sector))].sort()).toEqual(
      taxonomy.sectors.map((sector) => sector.id).sort(),
    )
    expect([...new Set(profiles.map((profile) => profile.kind))].sort()).toEqual([
      'cooperative',
      'enterprise',
      'household',
      'public-body',
    ])
  })

  it('have a known size and sit in wards of Cần Thơ, most of them around the park', () => {
    const sizes = new Set(taxonomy.sizeBands.map((band) => band.id))
    expect(profiles.filter((profile) => !sizes.has(profile.sizeBand ?? ''))).toEqual([])
    expect(profiles.filter((profile) => wardByCode(profile.ward ?? '')?.province !== '92')).toEqual([])
    const near = profiles.filter(({ ward }) => ward !== undefined && ward >= '31321' && ward <= '31495')
    expect(near.length / profiles.length).toBeGreaterThan(0.8)
  })

  it('are listed in their majority, while some prefer not to be', () => {
    const listed = profiles.filter((profile) => profile.listed).length
    expect(listed).toBeGreaterThanOrEqual(34)
    expect(profiles.length - listed).toBeGreaterThanOrEqual(6)
  })

  it('tell their work in 50 to 120 words, a third of them in English too', () => {
    const odd = [...texts('vi'), ...texts('en')].filter(({ text }) => wordCount(text) < 50 || wordCount(text) > 120)
    expect(odd).toEqual([])
    expect(texts('en').length * 3).toBeGreaterThanOrEqual(businesses.length)
  })

  it('are told in words of their own', () => {
    expect(alikeTexts(texts('vi'))).toEqual([])
    expect(alikeTexts(texts('en'))).toEqual([])
  })

  it('name no phone number, mail address or site of anybody', () => {
    const all = JSON.stringify(profiles)
    expect(all).not.toMatch(PHONE)
    expect(all).not.toMatch(ADDRESS)
  })
})
