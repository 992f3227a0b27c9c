import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { allTexts } from '../../../../src/kernel/text.js'
import { businessProfile } from '../../../../src/modules/businesses/businesses.schemas.js'
import { wardByCode } from '../../../../src/modules/geography/index.js'
import { needContent } from '../../../../src/modules/needs/needs.schemas.js'
import { wantedServices } from '../../../../src/modules/needs/needs.search.js'
import { toLexicon } from '../../../../src/modules/taxonomy/lexicon.rules.js'
import { shippedTaxonomy } from '../../../../src/modules/taxonomy/taxonomy.service.js'
import { shingleOverlap } from '../../../support/shingles.js'
import { ADDRESS, alikeTexts, PHONE, repeated, wordCount } from '../../../support/texts.js'

const data = new URL('../../../../src/modules/demonstration/data/', import.meta.url)
const read = (kind: string) => {
  const folder = new URL(`${kind}/`, data)
  return readdirSync(folder).flatMap((file) =>
    z.array(z.unknown()).parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
  )
}

const record = z.strictObject({
  externalId: z.string().regex(/^demo-n-[a-z0-9]+(-[a-z0-9]+)*$/),
  business: z.string(),
  status: z.enum(['published', 'closed', 'expired']),
  content: needContent,
})
const raw = read('needs')
const needs = raw.flatMap((one) => record.safeParse(one).data ?? [])
const contents = needs.map((need) => need.content)
const anonymous = needs.filter((need) => need.content.anonymous)
const withStatus = (status: string) => needs.filter((need) => need.status === status)

const businesses = new Map(
  z
    .array(z.object({ externalId: z.string(), profile: businessProfile }))
    .parse(read('businesses'))
    .map((business) => [business.externalId, business.profile]),
)
const taxonomy = shippedTaxonomy()
const lexicon = toLexicon(taxonomy)
const idsOf = (list: readonly { id: string }[]) => new Set(list.map((entry) => entry.id))

/** Everything a need says, as one text. */
const saying = (c: (typeof contents)[number]) =>
  [c.title, c.problem, c.outcome].flatMap(allTexts).concat(c.tools, c.mustHaves, c.niceToHaves).join('\n')
/** The part of letters that carry a mark of Vietnamese. */
const accents = (text: string) => (text.match(/[à-ỹđ]/giu) ?? []).length / text.length

describe('the demonstration needs', () => {
  it('are all valid needs', () => {
    const problems = raw.flatMap(
      (one) => record.safeParse(one).error?.issues.map((issue) => [one, issue.path, issue.message]) ?? [],
    )
    expect(problems).toEqual([])
  })

  it('are at least 64, most of them open and public', () => {
    expect(needs.length).toBeGreaterThanOrEqual(64)
    expect(repeated(needs.map((need) => need.externalId))).toEqual([])
    expect(withStatus('published').length).toBeGreaterThanOrEqual(58)
    expect(withStatus('closed')).toHaveLength(4)
    expect(withStatus('expired')).toHaveLength(2)
    expect(contents.filter((content) => content.visibility === 'public').length).toBeGreaterThanOrEqual(58)
    expect(new Set(contents.map((content) => content.visibility)).size).toBe(3)
  })

  it('belong to a business and agree with its sector, size and place', () => {
    const wrong = needs.filter(({ business, content }) => {
      const owner = businesses.get(business)
      const agrees = (key: 'sector' | 'sizeBand' | 'ward') =>
        content[key] === undefined || content[key] === owner?.[key]
      return !owner || !agrees('sector') || !agrees('sizeBand') || !agrees('ward')
    })
    expect(wrong.map((need) => need.externalId)).toEqual([])
  })

  it('refer only to services and wards that exist', () => {
    const services = idsOf(taxonomy.services)
    expect(contents.flatMap((content) => content.services).filter((id) => !services.has(id))).toEqual([])
    expect(contents.flatMap((content) => content.ward ?? []).filter((code) => !wardByCode(code))).toEqual([])
  })

  it('leave the service for the matcher to understand about as often as they name it', () => {
    const named = contents.filter((content) => content.services.length > 0).length / contents.length
    expect(named).toBeGreaterThan(0.4)
    expect(named).toBeLessThan(0.65)
  })

  it('ask openly for nearly every service, and for some far more than for others', () => {
    const open = withStatus('published').flatMap(({ content }) => wantedServices(content, lexicon))
    const counts = taxonomy.services.map(({ id }) => open.filter((one) => one === id).length)
    expect(counts.filter((count) => count > 0).length).toBeGreaterThanOrEqual(taxonomy.services.length - 1)
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(8)
    expect(counts.filter((count) => count <= 3).length).toBeGreaterThanOrEqual(8)
  })

  it.each(['demo-n-quet-binh-gom-3d', 'demo-n-satellite-phones', 'demo-n-luat-su-ra-toa', 'demo-n-vay-von-tai-dan'])(
    '%s asks for what no service covers',
    (id) => {
      const content = needs.find((need) => need.externalId === id)?.content
      expect(content && wantedServices(content, lexicon)).toEqual([])
    },
  )

  it('tell the pain in 25 to 120 words of their own', () => {
    const problems = (lang: 'vi' | 'en') =>
      needs.flatMap(({ externalId, content }) => {
        const text = content.problem[lang]
        return text ? [{ id: externalId, text }] : []
      })
    const all = [...problems('vi'), ...problems('en')]
    expect(all.filter(({ text }) => wordCount(text) < 25 || wordCount(text) > 120)).toEqual([])
    expect(alikeTexts(problems('vi'))).toEqual([])
    expect(alikeTexts(problems('en'))).toEqual([])
  })

  it('speak as people type: some without accents, some in English', () => {
    const bare = contents.filter(({ problem }) => problem.vi && accents(problem.vi) < 0.02).length
    const english = contents.filter(({ problem }) => problem.en).length
    expect(bare / needs.length).toBeGreaterThan(0.15)
    expect(english / needs.length).toBeGreaterThanOrEqual(0.1)
  })

  it('carry deadlines that fit their status, and a budget in two cases of three', () => {
    const outside = needs.filter(({ status, content: { deadline } }) => {
      if (deadline === undefined) return status === 'expired'
      return status === 'expired'
        ? !deadline.startsWith('2026-10-')
        : deadline < '2027-01-15' || deadline > '2027-06-30'
    })
    expect(outside.map((need) => need.externalId)).toEqual([])
    const backwards = contents.filter(({ start, deadline }) => start && deadline && start > deadline)
    expect(backwards).toEqual([])
    const budgets = contents.filter((content) => content.budget).length / contents.length
    expect(budgets).toBeGreaterThan(0.55)
    expect(budgets).toBeLessThan(0.75)
  })

  it('keep an anonymous owner unknown: no place, no rare trade, no word of his name or description', () => {
    expect(anonymous.length).toBeGreaterThanOrEqual(8)
    const owners = [...businesses.values()]
    const betrayed = anonymous.filter(({ business, content }) => {
      const owner = businesses.get(business)
      const peers = owners.filter(
        (b) =>
          (!content.sector || b.sector === content.sector) && (!content.sizeBand || b.sizeBand === content.sizeBand),
      )
      const text = saying(content).toLowerCase()
      const ownName = (owner?.name.vi ?? '').toLowerCase().split(' ').slice(-2).join(' ')
      const told = [owner?.tagline, owner?.description].flatMap(allTexts).join('\n')
      return content.ward || peers.length < 3 || text.includes(ownName) || shingleOverlap(text, told, 4) > 0
    })
    expect(betrayed.map((need) => need.externalId)).toEqual([])
  })

  it('share no phrase between an anonymous need and the open needs of the same business', () => {
    const linked = anonymous.flatMap((hidden) =>
      needs
        .filter((open) => open.business === hidden.business && !open.content.anonymous)
        .filter((open) => shingleOverlap(saying(hidden.content), saying(open.content), 4) > 0.02)
        .map((open) => `${hidden.externalId} and ${open.externalId}`),
    )
    expect(linked).toEqual([])
  })

  it('name no phone number, mail address or site of anybody', () => {
    const all = JSON.stringify(contents.map((content) => ({ ...content, budget: undefined })))
    expect(all.replace(/\d{4}-\d{2}-\d{2}/g, '')).not.toMatch(PHONE)
    expect(all).not.toMatch(ADDRESS)
  })
})
