import type { ParkContext } from '../../kernel/park.js'
import { type Lang, pickText } from '../../kernel/text.js'
import type { Translate } from '../../platform/i18n/translator.js'

/** The park's dated statements, those no longer in force left out; a draft says that it is one. */
export function factRows(facts: ParkContext['facts'], lang: Lang, t: Translate) {
  return facts
    .filter((fact) => fact.status !== 'superseded')
    .map((fact) => ({
      words: pickText(fact.text, lang),
      source: fact.source,
      asOf: fact.asOf,
      note: fact.status === 'draft' ? t('site.about.draft') : null,
    }))
}
