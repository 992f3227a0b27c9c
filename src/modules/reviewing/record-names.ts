import { type Lang, type LocalText, pickText, type ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import { RECORD_TYPES } from '../../platform/records/record.types.js'
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
        const record = byId.get(entry.recordId)
        const content = record?.working ?? record?.published
        return content ? [[entry._id, nameOf(content, lang)]] : []
      }),
    )
  }

/** A firm goes by its trade name. */
export function nameOf(content: Named, lang: Lang): ShownText {
  if ('title' in content) return pickText(content.title, lang) ?? { text: '', lang }
  if (content.tradeName) return { text: content.tradeName, lang }
  return pickText(content.name, lang) ?? { text: '', lang }
}

/** The words that its address is made of, as when it is imported. */
export function addressOf(content: Named): string {
  if ('title' in content) return content.title.vi ?? content.title.en ?? ''
  return content.tradeName ?? content.name.vi ?? content.name.en ?? ''
}
