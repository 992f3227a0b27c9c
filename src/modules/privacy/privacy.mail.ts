import type { ParkContext } from '../../kernel/park.js'
import { pathTo } from '../../kernel/routes.js'
import { type Lang, pickText } from '../../kernel/text.js'
import { formatDate } from '../../platform/i18n/formats.js'
import type { MailTools } from '../../platform/mail/mailing.js'
import { clocksOf } from './register/clocks.rules.js'
import type { RequestRow } from './register/requests.model.js'

interface Mail {
  subject: string
  text: string
}

const parkName = (park: ParkContext, lang: Lang) => pickText(park.name, lang)?.text ?? ''

/** Says that a request has come in and by when it will be done: this is what the law's first clock asks for. */
export function receivedMail(tools: MailTools, park: ParkContext, request: RequestRow): Mail {
  const { lang, kind } = request
  const t = tools.translate(lang)
  const day = (date: string | Date) => formatDate(lang, date, park.timeZone)
  const params = {
    kind: t(`privacy.kinds.${kind}`),
    received: day(request.receivedAt),
    doneBy: day(clocksOf(request, park.timeZone).doneBy),
    link: tools.publicUrl + pathTo('accounts.data', lang),
    park: parkName(park, lang),
  }
  return { subject: t('privacy.mail.received.subject', params), text: t('privacy.mail.received.text', params) }
}

/** The answer to a request. */
export function answeredMail(
  tools: MailTools,
  park: ParkContext,
  { lang, kind, receivedAt }: RequestRow,
  { outcome, note }: { outcome: 'done' | 'refused'; note: string },
): Mail {
  const t = tools.translate(lang)
  const params = {
    kind: t(`privacy.kinds.${kind}`),
    received: formatDate(lang, receivedAt, park.timeZone),
    note,
    park: parkName(park, lang),
    email: park.contacts.email ?? t('site.privacy.noEmail'),
  }
  return {
    subject: t('privacy.mail.answered.subject', params),
    text: t(`privacy.mail.answered.${outcome}`, params),
  }
}

/** The last mail to somebody who has been erased; it is deleted with its sending. */
export function erasedMail({ translate }: MailTools, park: ParkContext, lang: Lang, at: Date): Mail {
  const t = translate(lang)
  const params = { date: formatDate(lang, at, park.timeZone), park: parkName(park, lang) }
  return { subject: t('privacy.mail.erased.subject', params), text: t('privacy.mail.erased.text', params) }
}

/** Tells somebody that his account will be erased because nobody uses it. */
export function unusedMail({ translate, publicUrl }: MailTools, park: ParkContext, lang: Lang, on: Date): Mail {
  const t = translate(lang)
  const params = {
    date: formatDate(lang, on, park.timeZone),
    link: publicUrl + pathTo('accounts.sign-in', lang),
    park: parkName(park, lang),
  }
  return { subject: t('privacy.mail.unused.subject', params), text: t('privacy.mail.unused.text', params) }
}
