import type { Core } from '../../src/core.js'
import { allTexts } from '../../src/kernel/text.js'
import { PROVIDERS_INDEX, type ProviderProfile, providerDocument } from '../../src/modules/providers/index.js'

/** A firm as it is measured with. */
export interface MeasuredFirm {
  /** Its external id, by which it is judged. */
  id: string
  name: string
  /** All that it says of itself in both languages, the names of its services included: whatever a search may find it by. */
  text: string
}

export async function measuredFirms({ records, taxonomy }: Core): Promise<MeasuredFirm[]> {
  const firms: MeasuredFirm[] = []
  for await (const record of records.each<ProviderProfile>('provider')) {
    const document = providerDocument(record, taxonomy())
    if (!document || record.externalId === null) continue
    const text = Object.keys(PROVIDERS_INDEX.text).flatMap((field) => document[field] ?? [])
    const [name = record.externalId] = allTexts(record.published?.name)
    firms.push({ id: record.externalId, name, text: text.join('\n') })
  }
  return firms
}
