import type { Translate } from '../../platform/i18n/translator.js'
import type { Link, MatchRow } from '../../platform/views/models/lists.js'
import type { RankedFirms } from './needs.ports.js'

/** View model of `needs/_firms.hbs`: the firms that could take a need on, each with its reasons. */
export interface FirmsView {
  title: string
  nobody: boolean
  rows: readonly MatchRow[]
  more: Link | null
}

/** Firms shown at first, and with "show more". */
const AT_FIRST = 5
const AT_MOST = 20

/** As many firms as the title counts; where nobody does it, the nearest few. */
export function firmsView(
  { nobody, total, rows }: RankedFirms,
  { all, allHref, t }: { all: boolean; allHref: string; t: Translate },
): FirmsView {
  const none = nobody || rows.length === 0
  const most = Math.min(rows.length, none ? AT_FIRST : total, AT_MOST)
  const shown = rows.slice(0, all ? most : Math.min(most, AT_FIRST))
  const hidden = most - shown.length
  return {
    title: none ? t('needs.firms.nobody') : t('needs.firms.title', { count: total }),
    nobody: none,
    rows: shown,
    more: hidden > 0 ? { href: allHref, label: t('needs.firms.more', { count: hidden }) } : null,
  }
}
