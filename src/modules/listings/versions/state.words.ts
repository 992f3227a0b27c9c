import { pickText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import type { FieldWords } from '../../../platform/records/compare-fields.js'
import type { VersionRow } from '../../../platform/records/record.model.js'
import { standingOf } from '../../summaries/index.js'

/** What a version keeps beside the words of the listing, as fields to compare. */
export function stateWords(row: VersionRow, { t, lang, park }: RequestContext): FieldWords[] {
  const field = (name: string, text: string | null | undefined): FieldWords => ({
    field: `state-${name}`,
    label: t(`listings.state.${name}`),
    values: text ? [{ text, lang }] : [],
  })
  const day = (date: Date | null | undefined) => date && formatDate(lang, date, park.timeZone)
  const { withheld } = row
  return [
    field('standing', t(`listings.standing.${standingOf(row)}`)),
    field('notice', withheld?.notice && pickText(withheld.notice, lang)?.text),
    field('draft', row.published && row.working ? t('listings.state.drafting') : null),
    field('featured', day(row.featuredAt)),
    field('expires', row.expiresOn && formatDate(lang, row.expiresOn, park.timeZone)),
    field('address', row.slug),
  ]
}
