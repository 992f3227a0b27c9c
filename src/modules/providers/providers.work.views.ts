import { pickText, type ShownText } from '../../kernel/text.js'
import { formatMoneyRange } from '../../platform/i18n/money.js'
import type { Translate } from '../../platform/i18n/translator.js'
import type { ProviderWords } from './providers.row.views.js'
import type { ProviderProfile } from './providers.schemas.js'

type OfferedService = ProviderProfile['services'][number]
type ReferenceCase = ProviderProfile['cases'][number]

/** A service: the firm's own words about it, its price and how long it takes. */
export function serviceView({ service, evidence, price, deliveryWeeks }: OfferedService, words: ProviderWords) {
  const { t, lang } = words.context
  return {
    name: words.taxonomy.name('service', service, lang),
    href: words.context.url('providers.list', {}, { service }),
    evidence: pickText(evidence, lang),
    price: price ? formatMoneyRange(lang, price) : t('listing.notStated'),
    weeks: deliveryWeeks ? weeksText(deliveryWeeks, t) : t('listing.notStated'),
  }
}

function weeksText({ min, max }: NonNullable<OfferedService['deliveryWeeks']>, t: Translate): string {
  if (max === 0) return t('providers.weeks.atOnce')
  if (min === 0) return t('providers.weeks.within', { count: max })
  return min === max ? t('providers.weeks.about', { count: max }) : t('providers.weeks.range', { min, count: max })
}

export interface CaseView {
  client: ShownText | null
  /** "Lúa gạo · 2025" */
  context: string | null
  problem: ShownText | null
  result: ShownText | null
}

/** Work that was done: for whom, what the trouble was, what came of it. */
export function caseView(done: ReferenceCase, { taxonomy, context }: ProviderWords): CaseView {
  const { lang } = context
  const around = [
    done.sector && taxonomy.name('sector', done.sector, lang),
    done.service && taxonomy.name('service', done.service, lang),
    done.year && String(done.year),
  ].filter(Boolean)
  return {
    client: pickText(done.client, lang),
    context: around.length > 0 ? around.join(' · ') : null,
    problem: pickText(done.problem, lang),
    result: pickText(done.result, lang),
  }
}
