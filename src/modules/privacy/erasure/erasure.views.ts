import type { FieldError } from '../../../kernel/errors.js'
import type { Membership } from '../../../kernel/permissions.js'
import { RETENTION } from '../../../kernel/retention.js'
import { type LocalText, pickText, type ShownText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import { errorSummaryView, fieldView } from '../../../platform/views/models/form.js'
import type { Proof } from './erasure.service.js'

interface ErasurePage {
  /** Firms and businesses that nobody would own any more. */
  names: readonly ShownText[]
  proof: Proof
  errors: readonly FieldError[]
}

const FIELDS = {
  password: { type: 'password', autocomplete: 'current-password' },
  code: { type: 'text', autocomplete: 'one-time-code' },
  address: { type: 'email', autocomplete: 'off' },
} as const satisfies Record<Proof, object>

const GOES = ['person', 'account', 'needs', 'words', 'mails'] as const
const STAYS = ['listings', 'businessNeeds', 'otherSide', 'log', 'register'] as const

/** View model of `accounts/erasure.hbs`. */
export function erasureView({ names, proof: by, errors }: ErasurePage, { t, url }: RequestContext) {
  // What was typed is never sent back.
  const proof = fieldView({ name: 'proof', label: t(`privacy.erasure.proof.${by}`), ...FIELDS[by] }, {}, errors, t)
  return {
    title: t('privacy.erasure.title'),
    noindex: true,
    breadcrumbs: {
      links: [
        { href: url('accounts.show'), label: t('accounts.show.title') },
        { href: url('accounts.data'), label: t('privacy.own.title') },
      ],
      here: t('privacy.erasure.title'),
    },
    goes: GOES.map((what) => t(`privacy.erasure.goes.${what}`)),
    stays: STAYS.map((what) => t(`privacy.erasure.stays.${what}`, { months: RETENTION.requestMonths })),
    alone: names.length > 0 ? { names } : null,
    action: url('accounts.erase'),
    proof,
    errors: errorSummaryView([proof], errors, t),
    backHref: url('accounts.data'),
  }
}

/** What organisations are called, as they are listed or as they are being written. */
export async function namesOf(
  organisations: readonly Pick<Membership, 'type' | 'organisation'>[],
  records: RecordRepository,
  { lang }: RequestContext,
): Promise<ShownText[]> {
  const found = await Promise.all(
    organisations.map(({ type, organisation }) => records.byId<{ name: LocalText }>(type, organisation)),
  )
  return found.flatMap((record) => pickText((record?.published ?? record?.working)?.name, lang) ?? [])
}
