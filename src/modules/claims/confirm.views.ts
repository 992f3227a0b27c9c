import type { RequestContext } from '../../platform/http/context.js'
import type { ProviderRecord } from '../providers/index.js'
import { nameOf } from './claims.views.js'

/** View model of `claims/confirm.hbs`: the page behind a mailed link, which counts only when its button is pressed. */
export function confirmView(firm: ProviderRecord, key: string, context: RequestContext) {
  const { t, url } = context
  const name = nameOf(firm, context)
  return {
    title: t('claims.confirm.title', { name: name.text }),
    noindex: true,
    name,
    action: url('claims.confirm', { key }),
    firmHref: url('providers.show', { slug: firm.slug }),
  }
}
