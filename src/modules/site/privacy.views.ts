import { newestTextVersion, PURPOSE_IDS, PURPOSES, type PurposeId } from '../../kernel/purposes.js'
import { ANSWER_DAYS, RETENTION } from '../../kernel/retention.js'
import { pickText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'

/** What is said before and after the list of purposes. */
const BEFORE = ['controller'] as const
const AFTER = ['others', 'meaning', 'rights', 'how', 'cookies', 'searches', 'contact'] as const

const TIMES: Partial<Record<(typeof AFTER)[number], Record<string, number>>> = {
  cookies: { days: RETENTION.draftDays, deviceDays: RETENTION.deviceDays },
  searches: { termDays: RETENTION.searchTermDays },
}

/**
 * View model of `site/privacy.hbs`, made from the list of purposes and the times of keeping that the jobs go by. `embeddings`: where words
 * of needs go to be compared, where they do.
 */
export function privacyView(context: RequestContext, embeddings?: { url: string }) {
  const { t, park, lang, viewer, url } = context
  const params = {
    park: pickText(park.name, lang)?.text ?? '',
    email: park.contacts.email ?? t('site.privacy.noEmail'),
    workingDays: ANSWER_DAYS.acknowledgeWorking,
    days: ANSWER_DAYS.done,
    host: embeddings ? new URL(embeddings.url).host : '',
  }
  const section = (name: string, more = {}) => ({
    heading: t(`privacy.sections.${name}Title`),
    body: t(`privacy.sections.${name}Body`, { ...params, ...more }),
  })
  return {
    title: t('privacy.title'),
    description: t('privacy.lead'),
    lead: t('privacy.lead'),
    preface: pickText(park.pages?.privacy, lang),
    asOf: t('privacy.asOf', { date: formatDate(lang, newestTextVersion(), park.timeZone) }),
    mineHref: viewer ? url('accounts.data') : null,
    before: BEFORE.map((name) => section(name)),
    purposes: PURPOSE_IDS.map((id) => purposeView(id, context)),
    after: AFTER.filter((name) => embeddings || name !== 'meaning').map((name) => section(name, TIMES[name])),
  }
}

function purposeView(id: PurposeId, { t }: RequestContext) {
  const words = (what: string) => t(`privacy.purposes.${id}.${what}`, PURPOSES[id].kept)
  return {
    id,
    name: words('name'),
    rows: [
      { label: t('privacy.data'), text: words('data') },
      { label: t('privacy.seen'), text: words('seen') },
      { label: t('privacy.kept'), text: words('kept') },
      { label: t('privacy.basisLabel'), text: t(`privacy.basis.${PURPOSES[id].basis}`) },
    ],
  }
}
