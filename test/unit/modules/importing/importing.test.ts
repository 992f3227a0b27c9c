import { describe, expect, it } from 'vitest'
import {
  type ImportKind,
  type ImportRequest,
  importRecords,
  type RowProblem,
} from '../../../../src/modules/importing/index.js'
import { readCsv } from '../../../../src/modules/importing/reading/csv.js'
import { readJsonl } from '../../../../src/modules/importing/reading/jsonl.js'
import { readLines } from '../../../../src/modules/importing/reading/lines.js'
import { shippedTaxonomy } from '../../../../src/modules/taxonomy/index.js'
import type { Change } from '../../../../src/platform/records/change.repository.js'
import type { RecordRepository } from '../../../../src/platform/records/record.repository.js'
import type { Edit, RecordType, StoredRecord } from '../../../../src/platform/records/record.types.js'

type Stored = StoredRecord<Record<string, unknown>>

/** Records in memory, with the number of edits each call brought. */
function store() {
  const records: (Stored & { type: RecordType })[] = []
  const calls: number[] = []
  const change = (async ({ type, parkId, edits }: { type: RecordType; parkId: string; edits: Edit<never>[] }) => {
    calls.push(edits.length)
    for (const { id, source, externalId, set } of edits) {
      const present = records.find((r) => r.id === id)
      if (present) Object.assign(present, set, { version: present.version + 1 })
      else {
        const fresh = {
          id: `r${records.length}`,
          type,
          parkId,
          source,
          externalId,
          version: 1,
          archivedAt: null,
          ...set,
        }
        records.push(fresh as unknown as Stored & { type: RecordType })
      }
    }
    return []
  }) as unknown as Change
  const byExternalIds = async (_park: string, type: RecordType, source: string, ids: readonly string[]) =>
    records.filter((r) => r.type === type && r.source === source && ids.includes(r.externalId ?? ''))
  return { records, calls, change, repository: { byExternalIds } as unknown as RecordRepository }
}

const park = { id: 'p', province: '92', zones: [], timeZone: 'Asia/Ho_Chi_Minh' } as unknown as ImportRequest['park']

async function run(
  { change, repository }: ReturnType<typeof store>,
  kind: ImportKind,
  content: string,
  options: Partial<ImportRequest> & { jsonl?: boolean } = {},
) {
  const problems: RowProblem[] = []
  const lines = readLines(
    (async function* () {
      yield Buffer.from(content)
    })(),
  )
  const summary = await importRecords(
    { change, records: repository, clock: () => new Date('2026-11-24T03:00:00Z') },
    kind,
    {
      park,
      taxonomy: shippedTaxonomy(),
      rows: options.jsonl ? readJsonl(lines) : readCsv(lines),
      mappings: [],
      source: 'import',
      dryRun: false,
      onProblem: (problem) => problems.push(problem),
      onProgress: () => {},
      ...options,
    },
  )
  return { summary, problems }
}

const FIRMS = `externalId,name,description
a,Sao Mai,Phần mềm kế toán cho hợp tác xã
b,Blue River,Accounting software for the farms of the delta
`

describe('importing firms', () => {
  it('publishes each in its own language, as associated with the park', async () => {
    const s = store()
    const { summary } = await run(s, 'providers', FIRMS)
    expect(summary).toMatchObject({ rows: 2, added: 2, changed: 0, unchanged: 0, failed: 0, complete: true })
    expect(s.records.map((r) => r.published)).toMatchObject([
      {
        name: { vi: 'Sao Mai' },
        description: { vi: 'Phần mềm kế toán cho hợp tác xã' },
        park: { status: 'associated' },
      },
      { name: { en: 'Blue River' } },
    ])
  })

  it('takes every field it lists', async () => {
    const s = store()
    const header =
      'externalId;name_vi;name_en;tradeName;taxCode;tagline;description_vi;description_en;features_vi;features_en;benefits;services;priceMin;priceMax;sector;ward;provinces;status;zone;unit;remote;onSite;employees;founded;languages;certifications;address;website;email;phone'
    const row =
      'x1;Sao Mai;Morning Star;SAOMAI;0100047516;Gọn;Tiếng Việt;English;Nhanh|Gọn;Fast|Neat;Rẻ;POS|website;1.000.000;5.000.000 đ;Bán lẻ;Vị Tân;Cần Thơ;resident;;A-12;có;x;25;2019;VI|en;ISO 9001;1 Đường Số;saomai.example.vn;A@Saomai.example.vn;0912 345 678'
    const { problems } = await run(s, 'providers', `${header}\n${row}\n`)
    expect(problems).toEqual([])
    expect(s.records[0]?.published).toMatchObject({
      name: { vi: 'Sao Mai', en: 'Morning Star' },
      taxCode: '0100047516',
      park: { status: 'resident', unit: 'A-12' },
      tagline: { vi: 'Gọn' },
      description: { vi: 'Tiếng Việt', en: 'English' },
      features: [
        { vi: 'Nhanh', en: 'Fast' },
        { vi: 'Gọn', en: 'Neat' },
      ],
      benefits: [{ vi: 'Rẻ' }],
      services: [
        { service: 'pos', price: { min: 1_000_000, max: 5_000_000 } },
        { service: 'website', price: { min: 1_000_000, max: 5_000_000 } },
      ],
      sectors: ['retail'],
      wards: [expect.stringMatching(/^\d{5}$/)],
      provinces: ['92'],
      remote: true,
      onSite: true,
      sizeBand: 'small',
      founded: 2019,
      languages: ['vi', 'en'],
      certifications: ['ISO 9001'],
      contacts: {
        website: { value: 'https://saomai.example.vn/', visibility: 'public' },
        email: { value: 'a@saomai.example.vn', visibility: 'introduced' },
        phone: { value: '+84912345678', visibility: 'introduced' },
      },
    })
  })

  it('reports line, field and reason of each bad row and takes the others', async () => {
    const s = store()
    const { summary, problems } = await run(
      s,
      'providers',
      'name,description,phone,services,priceMin,founded\nA,a,12,,,\n,b,,,,\nC,c,,no such thing,,\nD,d,,,5,\nE,e,,,,12\nF,f,,,,\n',
    )
    expect(problems).toEqual([
      { line: 2, field: 'phone', code: 'phone' },
      { line: 3, field: 'name', code: 'required' },
      { line: 4, field: 'services', code: 'unknownTerm', params: { value: 'no such thing' } },
      { line: 5, field: 'priceMin', code: 'priceOfNothing' },
      { line: 6, field: 'founded', code: 'tooSmall', params: { minimum: 1900 } },
    ])
    expect(summary).toMatchObject({ rows: 6, added: 1, failed: 5 })
    expect(s.records).toHaveLength(1)
  })

  it('a second time writes nothing, and a changed row alone when one changed', async () => {
    const s = store()
    await run(s, 'providers', FIRMS)
    expect((await run(s, 'providers', FIRMS)).summary).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
    expect(s.calls).toEqual([2, 0])
    const changed = FIRMS.replace('Blue River', 'Red River')
    expect((await run(s, 'providers', changed)).summary).toMatchObject({ added: 0, changed: 1, unchanged: 1 })
    expect(s.records.map((r) => r.version)).toEqual([1, 2])
  })

  it('knows rows without an externalId by their words, whether composed or decomposed', async () => {
    const s = store()
    const file = 'name,description\nSao Mai,Phần mềm kế toán\n'
    await run(s, 'providers', file)
    expect((await run(s, 'providers', file.normalize('NFD'))).summary).toMatchObject({ added: 0, unchanged: 1 })
    expect((await run(s, 'providers', file.replace('kế toán', 'bán hàng'))).summary).toMatchObject({ added: 1 })
  })

  it('reports the second of two rows that are one record', async () => {
    const { problems, summary } = await run(store(), 'providers', `${FIRMS}a,Sao Mai,again\n`)
    expect(problems).toEqual([{ line: 4, field: 'externalId', code: 'duplicate', params: { line: '2' } }])
    expect(summary).toMatchObject({ added: 2, failed: 1 })
  })

  it('keeps sources apart, and does not bring back what the park has archived', async () => {
    const s = store()
    await run(s, 'providers', FIRMS)
    expect((await run(s, 'providers', FIRMS, { source: 'other' })).summary.added).toBe(2)
    for (const record of s.records) record.archivedAt = new Date()
    const again = await run(s, 'providers', FIRMS.replace('River', 'Lake'))
    expect(again.summary).toMatchObject({ added: 0, changed: 0, archived: 2 })
  })

  it('in a dry run says what would happen and writes nothing', async () => {
    const s = store()
    expect((await run(s, 'providers', FIRMS, { dryRun: true })).summary).toMatchObject({ added: 2, failed: 0 })
    expect(s.records).toEqual([])
  })

  it('names unknown columns once and mappings that no row has', async () => {
    const { summary } = await run(
      store(),
      'providers',
      '{"name":"A","text":"b","hue":1}\n{"name":"C","text":"d","hue":2}',
      {
        jsonl: true,
        mappings: [
          { theirs: 'text', ours: 'description' },
          { theirs: 'gone', ours: 'tagline' },
        ],
      },
    )
    expect(summary).toMatchObject({ added: 2, unknownColumns: ['hue'], unusedMappings: ['gone'] })
  })

  it('writes in batches bounded by rows and by length', async () => {
    const s = store()
    const rows = (count: number, text: string) =>
      Array.from({ length: count }, (_, i) => `n${text.length}-${i},${text}`).join('\n')
    await run(s, 'providers', `name,description\n${rows(600, 'short')}`)
    expect(s.calls).toEqual([250, 250, 100])
    s.calls.length = 0
    await run(s, 'providers', `name,description\n${rows(120, 'x'.repeat(19_000))}`)
    expect(Math.max(...s.calls)).toBeLessThan(60)
  })

  it('stops when told to, and says that it is not complete', async () => {
    const stop = new AbortController()
    const s = store()
    const rows = Array.from({ length: 600 }, (_, i) => `n${i},d`).join('\n')
    const { summary } = await run(s, 'providers', `name,description\n${rows}`, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    expect(summary).toMatchObject({ added: 250, complete: false })
    expect(s.records).toHaveLength(250)
  })
})

describe('importing businesses', () => {
  it('lists them only where the file says so, and tells their kind by their name', async () => {
    const s = store()
    const file =
      'name,description,listed,sector,employees\nHTX Khóm Vị Tân,Trồng khóm,có,Cây ăn trái,40\nCông ty TNHH Lúa Vàng,Xay xát,,rice,\nUBND phường Vị Tân,Cơ quan,,,\nCơ sở đan Lục Bình,Đan lát,,,\n'
    expect((await run(s, 'businesses', file)).problems).toEqual([])
    expect(s.records.map((r) => r.published)).toMatchObject([
      { kind: 'cooperative', listed: true, sector: 'fruit', sizeBand: 'small' },
      { kind: 'enterprise', listed: false, sector: 'rice' },
      { kind: 'public-body', listed: false },
      { kind: 'enterprise', listed: false },
    ])
  })
})

describe('importing needs', () => {
  it('takes title and problem, or name and description', async () => {
    const s = store()
    await run(s, 'needs', 'title,problem\nCần máy tính tiền,Bán hàng hay nhầm\n')
    await run(s, 'needs', 'name,description\nCần trang web,Chưa có trang nào\n')
    expect(s.records.map((r) => [r.status, r.published])).toMatchObject([
      ['published', { title: { vi: 'Cần máy tính tiền' }, problem: { vi: 'Bán hàng hay nhầm' }, visibility: 'public' }],
      ['published', { title: { vi: 'Cần trang web' } }],
    ])
  })

  it('names the fields as the file does', async () => {
    expect((await run(store(), 'needs', 'title,description\nA,\n')).problems).toEqual([
      { line: 2, field: 'description', code: 'required' },
    ])
  })

  it('that are past their deadline are expired, and open again when it moves', async () => {
    const s = store()
    const file = 'externalId,title,problem,deadline\n1,A,a,23/11/2026\n2,B,b,24/11/2026\n'
    await run(s, 'needs', file)
    expect(s.records.map((r) => r.status)).toEqual(['expired', 'published'])
    await run(s, 'needs', file.replace('23/11', '30/11'))
    expect(s.records.map((r) => r.status)).toEqual(['published', 'published'])
  })

  it('stay closed when they were closed meanwhile, unless the file says otherwise', async () => {
    const s = store()
    const file = 'externalId,title,problem,status\n1,A,a,\n'
    await run(s, 'needs', file)
    for (const record of s.records) record.status = 'closed'
    expect((await run(s, 'needs', file)).summary).toMatchObject({ unchanged: 1 })
    expect((await run(s, 'needs', file.replace('a,\n', 'a,published\n'))).summary).toMatchObject({ changed: 1 })
    expect((await run(s, 'needs', file.replace('a,\n', 'a,draft\n'))).problems).toMatchObject([
      { field: 'status', code: 'choice' },
    ])
  })

  it('refer to a business of the same source by its externalId', async () => {
    const s = store()
    await run(s, 'businesses', 'externalId,name,description\nb1,Lúa Vàng,Xay xát\n')
    const file = 'title,problem,business\nA,a,b1\nB,b,b2\n'
    const { problems } = await run(s, 'needs', file)
    expect(problems).toEqual([{ line: 3, field: 'business', code: 'unknownBusiness', params: { value: 'b2' } }])
    expect(s.records.at(-1)?.published).toMatchObject({ business: s.records[0]?.id })
    expect((await run(s, 'needs', file)).summary).toMatchObject({ unchanged: 1, failed: 1 })
  })
})
