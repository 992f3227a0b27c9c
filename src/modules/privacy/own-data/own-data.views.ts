import type { FieldError } from '../../../kernel/errors.js'
import { type ConsentPurpose, consentText } from '../../../kernel/purposes.js'
import { ANSWER_DAYS } from '../../../kernel/retention.js'
import { pickText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import { errorSummaryView, fieldView, type TypedValues } from '../../../platform/views/models/form.js'
import type { ConsentRow } from '../../people/index.js'
import { clocksOf } from '../register/clocks.rules.js'
import { ASKED_KINDS, type RequestRow } from '../register/requests.model.js'
import { LONGEST_WORDS } from './own-data.schemas.js'
import type { OwnData } from './own-data.service.js'

export interface AskForm {
  typed: TypedValues
  errors: readonly FieldError[]
}

interface OwnDataPage {
  data: OwnData
  consents: readonly ConsentRow[]
  requests: readonly RequestRow[]
  form: AskForm
}

/** View model of `accounts/data.hbs`. */
export function ownDataView({ data, consents, requests, form }: OwnDataPage, context: RequestContext) {
  const { t, url } = context
  const kind = fieldView(
    {
      ...{ name: 'kind', type: 'choices', label: t('privacy.own.ask.kind') },
      options: ASKED_KINDS.map((value) => ({ value, label: t(`privacy.own.ask.kinds.${value}`) })),
    },
    form.typed,
    form.errors,
    t,
  )
  const words = fieldView(
    { name: 'words', type: 'textarea', label: t('privacy.own.ask.words'), maxlength: LONGEST_WORDS },
    form.typed,
    form.errors,
    t,
  )
  return {
    title: t('privacy.own.title'),
    noindex: true,
    breadcrumbs: {
      links: [{ href: url('accounts.show'), label: t('accounts.show.title') }],
      here: t('privacy.own.title'),
    },
    parts: partsOf(data, context),
    copyHref: url('accounts.copy'),
    privacyHref: url('privacy'),
    consents: consentsByPurpose(consents, context),
    ask: {
      action: url('accounts.ask'),
      lead: t('privacy.own.ask.lead', { workingDays: ANSWER_DAYS.acknowledgeWorking, days: ANSWER_DAYS.done }),
      fields: [kind, words],
      errors: errorSummaryView([kind, words], form.errors, t),
    },
    requests: requests.map((request) => requestView(request, context)),
    erasureHref: url('accounts.erasure'),
  }
}

/** "3 lần đăng nhập": what is there, in words; what is not there is not listed. */
function partsOf(data: OwnData, { t }: RequestContext): string[] {
  // Who he is comes first; the sources stand in the order in which they are erased.
  const parts = Object.entries({ person: data.person ?? null, ...data })
  return parts.flatMap(([name, part]) => {
    const count = Array.isArray(part) ? part.length : Number(part !== null)
    return count > 0 ? [t(`privacy.parts.${name}`, { count })] : []
  })
}

/** One entry for each purpose that was ever agreed to, in the words that were shown then. */
function consentsByPurpose(consents: readonly ConsentRow[], context: RequestContext) {
  const purposes = [...new Set(consents.map(({ purpose }) => purpose))]
  return purposes.map((purpose) => {
    const rows = consents.filter((row) => row.purpose === purpose)
    return consentView(purpose, rows, context)
  })
}

function consentView(purpose: ConsentPurpose, rows: readonly ConsentRow[], context: RequestContext) {
  const { t, url, park, lang } = context
  const day = (date: Date) => formatDate(lang, date, park.timeZone)
  const given = rows.some(({ withdrawnAt }) => withdrawnAt === null)
  const name = pickText(park.name, lang)?.text ?? ''
  return {
    name: t(`privacy.purposes.${purpose}.name`),
    words: t(consentText(purpose, rows[0]?.textVersion ?? ''), { park: name }),
    history: rows.map(({ at, way, withdrawnAt }) =>
      withdrawnAt
        ? t('privacy.own.consent.ended', { given: day(at), way: t(`privacy.ways.${way}`), date: day(withdrawnAt) })
        : t('privacy.own.consent.given', { date: day(at), way: t(`privacy.ways.${way}`) }),
    ),
    means: given ? t(`privacy.purposes.${purpose}.withdrawal`) : null,
    withdrawAction: given && purpose !== 'account' ? url('accounts.withdraw-consent', { purpose }) : null,
    erasureHref: given && purpose === 'account' ? url('accounts.erasure') : null,
  }
}

function requestView(request: RequestRow, { t, lang, park }: RequestContext) {
  const day = (date: Date | string) => formatDate(lang, date, park.timeZone)
  const state = request.closedAt
    ? t(`privacy.own.requests.${request.outcome ?? 'done'}`, { date: day(request.closedAt) })
    : t('privacy.own.requests.open', { date: day(clocksOf(request, park.timeZone).doneBy) })
  return {
    kind: t(`privacy.kinds.${request.kind}`),
    received: t('privacy.own.requests.received', { date: day(request.receivedAt) }),
    state,
    words: request.words,
    note: request.note,
  }
}
