import { describe, expect, it } from 'vitest'
import { serviceConcept, toLexicon } from '../../../../src/modules/taxonomy/lexicon.rules.js'
import { shippedTaxonomy } from '../../../../src/modules/taxonomy/taxonomy.service.js'
import type { Service, Term } from '../../../../src/modules/taxonomy/taxonomy.types.js'
import { detectConcepts, isStopword, words } from '../../../../src/platform/search/index.js'
import { repeated } from '../../../support/texts.js'

const taxonomy = shippedTaxonomy()
const lexicon = toLexicon(taxonomy)
const terms: Term[] = [...taxonomy.services, ...taxonomy.sectors]

/** A phrase as the search reads it: its words, folded. */
const asRead = (phrase: string) =>
  words(phrase)
    .map((word) => word.folded)
    .join(' ')
const phrasesOf = (term: Term) => [term.name.vi, term.name.en, ...term.synonyms, ...term.abbreviations, ...term.cues]
/** Phrases that stand under more than one of `list`, or twice under one. */
const shared = (list: readonly Term[]) => repeated(list.flatMap((term) => phrasesOf(term).map(asRead)))

const SERVICES = [
  'e-invoice accounting digital-signature e-contract digital-payment pos e-commerce website digital-marketing',
  'crm-call-center traceability smart-farming aquaculture-monitoring farm-drones erp-mes warehouse',
  'transport-management hr-payroll digital-office cyber-security cloud-backup network-camera industrial-iot data-ai',
  'chatbot custom-software dx-consulting digital-training hospitality-software clinic-software school-software',
  'public-services',
].flatMap((row) => row.split(' '))

const SECTORS = [
  'rice fruit vegetables aquaculture livestock food-processing retail wholesale food-service hospitality health',
  'education transport construction mechanical garment handicraft public-administration professional-services',
].flatMap((row) => row.split(' '))

/** How owners type a service, and the service that is meant. */
const TYPED: [string, string][] = [
  ['hđđt', 'e-invoice'],
  ['pm ke toan', 'accounting'],
  ['khach doi xuat hddt do', 'e-invoice'],
  ['ký hđđt với đối tác ở xa', 'e-contract'],
  ['cks', 'digital-signature'],
  ['hdong dt', 'e-contract'],
  ['vietqr', 'digital-payment'],
  ['qlbh', 'pos'],
  ['tmđt', 'e-commerce'],
  ['thiet ke web', 'website'],
  ['quang cao fb', 'digital-marketing'],
  ['cskh', 'crm-call-center'],
  ['mvt', 'traceability'],
  ['VietGAP', 'traceability'],
  ['tuoi tu dong', 'smart-farming'],
  ['quan trac nuoc', 'aquaculture-monitoring'],
  ['may bay phun thuoc', 'farm-drones'],
  ['qlsx', 'erp-mes'],
  ['ql kho', 'warehouse'],
  ['logistics', 'transport-management'],
  ['cham cong', 'hr-payroll'],
  ['edms', 'digital-office'],
  ['attt', 'cyber-security'],
  ['dam may', 'cloud-backup'],
  ['cctv', 'network-camera'],
  ['plc', 'industrial-iot'],
  ['du lieu lon', 'data-ai'],
  ['chat tu dong', 'chatbot'],
  ['lap trinh', 'custom-software'],
  ['cđs', 'dx-consulting'],
  ['tap huan', 'digital-training'],
  ['pms', 'hospitality-software'],
  ['benh an dien tu', 'clinic-software'],
  ['lms', 'school-software'],
  ['dvc', 'public-services'],
]

describe('the shipped taxonomy', () => {
  it('has the services, sectors and size bands that records refer to', () => {
    expect(taxonomy.services.map((s) => s.id).sort()).toEqual([...SERVICES].sort())
    expect(taxonomy.sectors.map((s) => s.id).sort()).toEqual([...SECTORS].sort())
    expect(taxonomy.sizeBands.map((band) => [band.id, band.from, band.to])).toEqual([
      ['micro', 1, 9],
      ['small', 10, 49],
      ['medium', 50, 199],
      ['large', 200, null],
    ])
  })

  it('puts every service into one of its groups and leaves no group empty', () => {
    const used = new Set(taxonomy.services.map((service) => service.group))
    expect([...used].sort()).toEqual(taxonomy.groups.map((group) => group.id).sort())
  })

  it('names and explains everything in both languages', () => {
    const texts = [
      ...terms.map((term) => term.name),
      ...taxonomy.groups.map((group) => group.name),
      ...taxonomy.sizeBands.map((band) => band.name),
      ...taxonomy.services.map((service: Service) => service.summary),
    ]
    expect(texts.filter((text) => !text.vi.trim() || !text.en.trim())).toEqual([])
  })

  it('gives every term synonyms, short forms and cues enough to be found by', () => {
    const poor = terms.filter((t) => t.synonyms.length < 4 || t.abbreviations.length < 2 || t.cues.length < 6)
    expect(poor.map((term) => term.id)).toEqual([])
    expect(taxonomy.services.filter((service) => service.cues.length > 15).map((service) => service.id)).toEqual([])
  })

  it('writes short forms as they are typed: lower case, at most đ of the accents', () => {
    const shorts = [...terms.flatMap((term) => term.abbreviations), ...Object.keys(taxonomy.abbreviations)]
    expect(shorts.filter((short) => !/^[a-zđ0-9&. -]+$/.test(short))).toEqual([])
  })

  it('never lists a phrase twice among services, nor among sectors, save for a short form that people use for both', () => {
    expect(shared(taxonomy.services)).toEqual(['hddt'])
    expect(shared(taxonomy.sectors)).toEqual([])
  })

  it('has no cue that boils down to a single everyday word', () => {
    const content = (cue: string) => new Set(words(cue).flatMap((w) => (isStopword(w) ? [] : [w.folded])))
    const hollow = terms.flatMap((t) => t.cues.filter((cue) => words(cue).length > 1 && content(cue).size < 2))
    expect(hollow).toEqual([])
  })

  it.each(TYPED)('reads "%s" as %s', (typed, service) => {
    expect(detectConcepts(typed, lexicon).found[0]?.id).toBe(serviceConcept(service))
  })

  it('tells services apart by each of their cues', () => {
    const mistaken = taxonomy.services.flatMap((service) =>
      service.cues.filter((cue) => {
        const best = detectConcepts(cue, lexicon).found.find((concept) => concept.id.startsWith('service:'))
        return best?.id !== serviceConcept(service.id)
      }),
    )
    expect(mistaken).toEqual([])
  })

  it('takes no everyday words for a service', () => {
    const everyday =
      'Ai biết chỉ giùm, cá với tôm bị mưa lớn, lần này sắp hết bột, bơm nước bằng sức người, sóc chạy qua lan can.'
    const found = detectConcepts(everyday, lexicon).found
    expect(found.filter((concept) => concept.id.startsWith('service:') && concept.weight >= 0.6)).toEqual([])
  })

  it('writes out general short forms that are no service or sector', () => {
    const named = new Set(terms.flatMap((term) => term.abbreviations.map(asRead)))
    expect(Object.keys(taxonomy.abbreviations).filter((short) => named.has(asRead(short)))).toEqual([])
    expect(taxonomy.abbreviations).toMatchObject({ dnnvv: 'doanh nghiệp nhỏ và vừa', htx: 'hợp tác xã', ko: 'không' })
  })
})
