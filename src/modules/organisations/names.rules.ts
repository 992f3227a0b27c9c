import { type Lang, pickText, type ShownText } from '../../kernel/text.js'
import { shownName } from '../providers/index.js'
import { contentOf, type Organisation } from './organisation.types.js'

/** What its people call it: of a firm the trade name where there is one. */
export function nameOf(organisation: Organisation, lang: Lang): ShownText {
  if (organisation.type === 'provider') return shownName(contentOf(organisation.record), lang)
  return pickText(contentOf(organisation.record).name, lang) ?? { text: '', lang }
}

/** What it is called towards strangers: a name that the park has not seen yet stands in for none that it has. */
export function publicNameOf(organisation: Organisation, lang: Lang): ShownText {
  const { type, record, role } = organisation
  if (type === 'provider')
    return nameOf({ type, role, record: { ...record, working: record.published ?? record.working } }, lang)
  return nameOf({ type, role, record: { ...record, working: record.published ?? record.working } }, lang)
}
