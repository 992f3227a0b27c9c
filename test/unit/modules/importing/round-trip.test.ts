import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Given } from '../../../../src/modules/importing/columns.rules.js'
import { exportHeader, exportRow, writeTable } from '../../../../src/modules/importing/exporting/tables-out.js'
import type { TableRow } from '../../../../src/modules/importing/importing.types.js'
import { createLookup } from '../../../../src/modules/importing/lookup.rules.js'
import { prepareRow } from '../../../../src/modules/importing/prepare.rules.js'
import { readUpload } from '../../../../src/modules/importing/reading/upload.js'
import { providersTable } from '../../../../src/modules/importing/tables/providers.table.js'
import { guessMapping } from '../../../../src/modules/importing/workbench/headers.rules.js'
import { mappedTarget } from '../../../../src/modules/importing/workbench/judge.js'
import { patched } from '../../../../src/modules/importing/workbench/patch.rules.js'
import { type ProviderProfile, providerProfile } from '../../../../src/modules/providers/index.js'
import { shippedTaxonomy } from '../../../../src/modules/taxonomy/index.js'
import type { StoredRecord } from '../../../../src/platform/records/record.types.js'
import { attackPayloads, naughtyStrings } from '../../../support/hostile-strings.js'

const folder = mkdtempSync(join(tmpdir(), 'round-'))
afterAll(() => rmSync(folder, { recursive: true }))

const table = providersTable as never as Parameters<typeof patched<ProviderProfile>>[0]
const lookup = createLookup(shippedTaxonomy(), { province: '92', zones: [] })
const payloads = Object.values(attackPayloads() ?? {}).flatMap((lines) => lines.slice(0, 30))
const hostile = [
  ...(naughtyStrings() ?? []),
  ...payloads,
  '=1+1',
  "'=1",
  '@a',
  '-',
  '+84',
  '["a"]',
  'a|b',
  'a;b',
  'a\nb',
  '"',
  '""',
  ';',
  '\u00a0x',
  'a\ufffeb\uffff',
]

const word = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom(...hostile)).map((s) => s.slice(0, 100))
const text = fc.record({ vi: word, en: word }, { requiredKeys: [] })
const some = fc.record({ vi: fc.oneof(word, fc.constant('Phần mềm')), en: word }, { requiredKeys: ['vi'] })
const services = shippedTaxonomy()
  .services.slice(0, 6)
  .map(({ id }) => id)
const price = fc.option(fc.record({ min: fc.nat(1e9) }), { nil: undefined })

const firms = fc
  .record({
    name: some,
    tradeName: fc.option(word, { nil: undefined }),
    tagline: fc.option(text, { nil: undefined }),
    description: some,
    features: fc.array(text, { maxLength: 4 }),
    benefits: fc.array(some, { maxLength: 3 }),
    certifications: fc.array(word, { maxLength: 3 }),
    services: fc.uniqueArray(fc.record({ service: fc.constantFrom(...services), price, evidence: text }), {
      selector: (s) => s.service,
      maxLength: 3,
    }),
    remote: fc.option(fc.boolean(), { nil: undefined }),
    founded: fc.option(fc.integer({ min: 1900, max: 2100 }), { nil: undefined }),
    address: fc.option(word, { nil: undefined }),
    languages: fc.subarray(['vi', 'en', 'ja']),
    park: fc.record({
      status: fc.constantFrom('resident', 'associated', 'applying'),
      unit: fc.option(word, { nil: undefined }),
    }),
  })
  .map((raw) => providerProfile.safeParse(JSON.parse(JSON.stringify(raw))))
  .filter((read) => read.success)
  .map((read) => JSON.parse(JSON.stringify(read.data)) as ProviderProfile)

/** Out of the product and in again, through a file. */
async function returned(format: 'csv' | 'xlsx', profiles: readonly ProviderProfile[]) {
  const path = join(folder, format)
  const rows = async function* () {
    yield exportHeader('providers')
    for (const [i, published] of profiles.entries()) {
      yield exportRow('providers', {
        id: `id${i}`,
        externalId: `e${i}`,
        published,
        working: null,
      } as StoredRecord<unknown>)
    }
  }
  await writeTable(format, rows(), createWriteStream(path))
  const parts: unknown[] = []
  for await (const part of readUpload(path)) parts.push(part)
  const [columns, ...read] = parts as [string[], ...TableRow[]]
  const mapping = guessMapping(columns, table as never)
  expect(mapping).toEqual(exportHeader('providers'))
  return read.map((row) =>
    mapping.flatMap((name, i) => {
      const target = name && mappedTarget(name, table as never)
      return target ? [{ ...target, text: row.cells[i] ?? '' }] : []
    }),
  )
}

describe.each(['csv', 'xlsx'] as const)('firms exported as %s and imported again', (format) => {
  it('are what they were: nothing is lost, nothing changes, whatever stands in them', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(firms, { minLength: 5, maxLength: 25 }), async (profiles) => {
        const rows = await returned(format, profiles)
        expect(rows).toHaveLength(profiles.length)
        for (const [i, profile] of profiles.entries()) {
          const cells = (rows[i] ?? []).filter(({ field }) => field !== 'id' && field !== 'externalId')
          expect(patched(table, profile, cells, i, lookup)).toEqual({ ok: true, content: profile, changed: false })
        }
      }),
      { numRuns: format === 'csv' ? 30 : 6 },
    )
  })

  it('where they are new, have all that a table has room for', { timeout: 60_000 }, async () => {
    const plain = firms.map((profile) => ({
      ...profile,
      services: profile.services.map(({ service }) => ({ service })),
    }))
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { minLength: 5, maxLength: 25 }), async (profiles) => {
        const rows = await returned(format, profiles)
        for (const [i, profile] of profiles.entries()) {
          const given = new Map<string, Given>()
          for (const { field, lang, text: value } of rows[i] ?? []) {
            if (field !== 'id') given.set(field, { ...given.get(field), [lang ?? 'plain']: value })
          }
          const read = prepareRow(providersTable.form, i, given, lookup)
          if (!read.ok) throw new Error(JSON.stringify([read.problems, profile]))
          expect(normal(read.row.content)).toEqual(normal(profile))
        }
      }),
      { numRuns: format === 'csv' ? 30 : 6 },
    )
  })
})

/** Line ends as they are written in a table; a text in no language is the same as none. */
function normal(content: ProviderProfile): unknown {
  const lines = JSON.stringify(content).replaceAll('\\r\\n', '\\n').replaceAll('\\r', '\\n')
  return JSON.parse(lines, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const kept = Object.entries(value).filter(([, one]) => one !== '' && one !== undefined)
      return kept.length === 0 ? undefined : Object.fromEntries(kept)
    }
    return value
  })
}
