import { NotFound } from '../../kernel/errors.js'
import type { PageName } from '../../kernel/routes.js'
import { type LocalText, pickText } from '../../kernel/text.js'
import type { RequestContext } from './context.js'

/** View model of `site/withheld.hbs`: what stands on the page of a listing that is kept from view for a time. */
export function withheldView(
  { name, notice }: { name: LocalText; notice: LocalText },
  context: RequestContext,
  { route, label }: { route: PageName; label: string },
) {
  const { lang, url } = context
  const shown = pickText(name, lang) ?? { text: '', lang }
  return {
    title: shown.text,
    noindex: true,
    name: shown,
    notice: pickText(notice, lang) ?? { text: '', lang },
    listHref: url(route),
    listLabel: label,
  }
}

/** Null for what there is not, so that the page can say why. */
export function unlessMissing(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}
