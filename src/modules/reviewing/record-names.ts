import { type LocalText, pickText, type ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { RECORD_TYPES, type StoredRecord } from '../../platform/records/record.types.js'
import type { CaseRow } from '../curation/index.js'

/** What of a listing or a need names it. */
type Named = { name: LocalText; tradeName?: string | undefined } | { title: LocalText }

/** What the record behind each case is called, by case id. One whose words are gone is left out. */
export const recordNames =
  (records: RecordRepository) =>
  async (cases: readonly CaseRow[], { lang }: RequestContext): Promise<Map<string, ShownText>> => {
    const ids = (type: CaseRow['type']) => cases.filter((entry) => entry.type === type).map((entry) => entry.recordId)
    const found = await Promise.all(RECORD_TYPES.map((type) => records.byIds<Named>(type, ids(type))))
    const byId = new Map(found.flat().map((record) => [record.id, record]))
    return new Map(
      cases.flatMap((entry): [string, ShownText][] => {
        const name = nameOf(byId.get(entry.recordId), lang)
        return name ? [[entry._id, name]] : []
      }),
    )
  }

/** A firm goes by its trade name. */
function nameOf(record: StoredRecord<Named> | undefined, lang: 'vi' | 'en'): ShownText | null {
  const content = record?.working ?? record?.published
  if (!content) return null
  if ('title' in content) return pickText(content.title, lang)
  return content.tradeName ? { text: content.tradeName, lang } : pickText(content.name, lang)
}
