import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../src/config.js'
import type { Core } from '../../src/core.js'
import { comparedByKeys, comparedEachWithEach } from '../../src/modules/duplicates/index.js'
import { withCore } from '../support/core.js'
import { ms, type Report } from './figures.js'

interface DuplicatesFigures {
  listings: number
  /** From stored listings to stored pairs, in ms. */
  found: number
  pairs: number
  /** Pairs looked at, of all there are. */
  compared: number
  possible: number
  /** Each with each, in ms, reckoned from a sample. */
  product: number
}

const BATCH = 200
const SAMPLE = 600
const FIRST = ['Sông', 'Lúa', 'Sen', 'Dừa', 'Cồn', 'Bần', 'Rạch', 'Vàm', 'Đước', 'Tràm', 'Xoài', 'Bưởi', 'Mía', 'Cau']
const SECOND = ['Xanh', 'Vàng', 'Tím', 'Bạc', 'Hồng', 'Lớn', 'Nhỏ', 'Mới', 'Ngọt', 'Phù Sa', 'Bình Minh', 'Thanh Hà']
const TRADE = ['Phần mềm', 'Công nghệ', 'Thương mại Dịch vụ', 'Giải pháp số', 'Tư vấn', 'Nông nghiệp', 'Xây dựng']

/** Invented listings, one in twenty of them there twice; how long it takes to find these. */
async function findingTimes(listings: number): Promise<DuplicatesFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const config = loadConfig({ DATA_DIR: dataDir, DEMO: 'off', LOG_LEVEL: 'warn' })
    return await withCore(config, async (core) => {
      for (let at = 0; at < listings; at += BATCH) await addBatch(core, at, Math.min(BATCH, listings - at))
      const began = performance.now()
      await core.duplicates.catchUp()
      const found = performance.now() - began
      const pairs = await core.pairs.count(core.park().id, { state: 'open' })
      const compared = await comparedByKeys(core.db, core.park().id, 'provider')
      const sample = await comparedEachWithEach(core.db, core.park().id, 'provider', SAMPLE)
      const possible = (listings * (listings - 1)) / 2
      return { listings, found, pairs, compared, possible, product: (sample.took / sample.compared) * possible }
    })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function addBatch(core: Core, from: number, count: number): Promise<void> {
  const edits = Array.from({ length: count }, (_, i) => {
    const n = from + i
    // Every twentieth is its neighbour again, under another legal form.
    const twin = n % 20 === 19
    const of = twin ? n - 1 : n
    const words = [TRADE[of % 7], FIRST[Math.floor(of / 7) % 14], SECOND[Math.floor(of / 98) % 12], `${of}`]
    const name = `Công ty ${twin ? 'Cổ phần' : 'TNHH'} ${words.join(' ')}`
    const phone = { value: `+8490${String(1_000_000 + of)}`, visibility: 'public' }
    const published = {
      ...{ name: { vi: name }, description: { vi: name }, park: { status: 'associated' }, contacts: { phone } },
      ...{ vsic: [], features: [], benefits: [], services: [], sectors: [], wards: [], provinces: [] },
      ...{ languages: [], certifications: [], cases: [], offers: [] },
    }
    return { set: { published }, slugFrom: name, source: 'bench' }
  })
  await core.change({ parkId: core.park().id, type: 'provider', by: 'system:bench', why: 'measuring', edits })
}

/** So many listings, and a tenth of them, beside holding each against each. */
export async function measureDuplicates(listings: number): Promise<Report> {
  const rows = [['listings', 'found within', 'pairs', 'looked at', 'of', 'each with each (reckoned)']]
  for (const count of [Math.ceil(listings / 10), listings]) {
    const { found, pairs, compared, possible, product } = await findingTimes(count)
    rows.push([String(count), ms(found), String(pairs), String(compared), String(possible), ms(product)])
  }
  return { rows, fine: true }
}
