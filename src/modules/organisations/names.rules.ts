import { type Lang, pickText, type ShownText } from '../../kernel/text.js'
import { shownName } from '../providers/index.js'
import { contentOf, type Organisation } from './organisation.types.js'

/** What its people call it: of a firm the trade name where there is one. */
export function nameOf(organisation: Organisation, lang: Lang): ShownText {
  if (organisation.type === 'provider') return shownName(contentOf(organisation.record), lang)
  return pickText(contentOf(organisation.record).name, lang) ?? { text: '', lang }
}
