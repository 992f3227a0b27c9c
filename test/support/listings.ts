import type { z } from 'zod'
import { businessProfile } from '../../src/modules/businesses/index.js'
import { providerProfile } from '../../src/modules/providers/index.js'
import type { RecordType, StoredRecord } from '../../src/platform/records/record.types.js'
import type { TestProduct } from './product.js'

/** A listed firm; what is not given stays unknown. Searches see it when the promise resolves. */
export function addProvider(product: TestProduct, profile: Partial<z.input<typeof providerProfile>>, source = 'test') {
  const published = providerProfile.parse({
    name: { vi: 'Công ty Thử Nghiệm' },
    description: { vi: 'Một doanh nghiệp để thử.' },
    park: { status: 'associated' },
    ...profile,
  })
  return add(product, 'provider', published, published.tradeName ?? published.name.vi ?? 'firm', source)
}

/** A business that agreed to be listed, unless the profile says otherwise. */
export function addBusiness(product: TestProduct, profile: Partial<z.input<typeof businessProfile>>, source = 'test') {
  const published = businessProfile.parse({
    name: { vi: 'Cơ sở Thử Nghiệm' },
    description: { vi: 'Một cơ sở để thử.' },
    kind: 'household',
    listed: true,
    ...profile,
  })
  return add(product, 'business', published, published.name.vi ?? 'business', source)
}

/** Gives a record another address; the old one then leads there. */
export async function moveTo<C>(product: TestProduct, type: RecordType, record: StoredRecord<C>, slugFrom: string) {
  const { core } = product
  const edits = [{ id: record.id, set: {}, slugFrom }]
  const [moved] = await core.change<C>({ parkId: core.park().id, type, by: 'system:test', why: 'test', edits })
  if (!moved) throw new TypeError('nothing was changed')
  return moved
}

async function add<C>(
  { core }: TestProduct,
  type: RecordType,
  published: C,
  slugFrom: string,
  source: string,
): Promise<StoredRecord<C>> {
  const edits = [{ set: { published }, slugFrom, source }]
  const [record] = await core.change<C>({ parkId: core.park().id, type, by: 'system:test', why: 'test', edits })
  if (!record) throw new TypeError('nothing was added')
  await core.indexing.caughtUp()
  return record
}
