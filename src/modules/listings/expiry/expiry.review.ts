import type { PlainDate } from '../../../kernel/clock.js'
import { Conflict } from '../../../kernel/errors.js'
import type { ParkContext } from '../../../kernel/park.js'
import { pathTo } from '../../../kernel/routes.js'
import { formatDate } from '../../../platform/i18n/formats.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { StoredRecord } from '../../../platform/records/record.types.js'
import { isStanding } from '../../../platform/records/standing.rules.js'
import type { CaseSubject } from '../../curation/index.js'
import { nameOf, recordNames } from '../../reviewing/index.js'
import { type OwnersMail, type TellingDeps, tellOwners } from '../acts/acts.mail.js'
import { possibleActs } from '../acts/acts.rules.js'
import { contentOf, type Profile } from '../listing.types.js'
import { type RenewingDeps, renewListing } from './renewing.service.js'

export interface ExpiryReviewDeps extends RenewingDeps, TellingDeps {
  records: RecordRepository
  park(): ParkContext
}

/** A listing that nobody has confirmed in time: it is still true, or it goes into the archive. */
export function expiryReview(deps: ExpiryReviewDeps): CaseSubject {
  const { records, change, cases, clock, park } = deps
  return {
    names: recordNames(records),
    waiting: async () => new Map(),
    open: async ({ type, recordId }) => {
      const record = type === 'need' ? null : await records.byId<Profile>(type, recordId)
      const content = record && contentOf(record)
      if (type === 'need' || !content || !possibleActs(record).includes('renew')) return null
      return {
        organisation: record.id,
        version: record.version,
        view: ({ t, url, lang, park: { timeZone } }) => ({
          name: nameOf(content, lang),
          ask: t('listings.expiryCase.ask', {
            date: record.expiresOn ? formatDate(lang, record.expiresOn, timeZone) : '',
          }),
          publicHref: isStanding(record)
            ? url(type === 'provider' ? 'providers.show' : 'businesses.show', { slug: record.slug })
            : null,
          sections: [],
          actions: (['renew', 'archive'] as const).map((name) => ({
            name,
            heading: t(`listings.expiryCase.${name}.heading`),
            hint: t(`listings.expiryCase.${name}.hint`),
            submit: t(`listings.expiryCase.${name}.submit`),
            fields: [],
            primary: name === 'renew',
            together: [],
          })),
        }),
        decide: async ({ by, action, version, settle, batch }) => {
          if (version === null) throw new Conflict(type, record.id, 0, record.version)
          const settled = { note: null, mail: null }
          if (action === 'archive') {
            await change<Profile>({
              ...{ parkId: record.parkId, type, by, action: 'archive', ...(batch && { batch }) },
              why: `not confirmed until ${record.expiresOn}`,
              edits: [{ id: record.id, expect: version, set: { archivedAt: clock() } }],
              alongside: async (session) => {
                await settle(session, { state: 'moot', ...settled })
                await cases.endAll(record.id, by, session)
                await tellOwners(deps, mailOf(record, 'lapsed', record.expiresOn), session)
              },
            })
            return { ok: true, notice: 'listings.acts.archive.done' }
          }
          await renewListing(
            deps,
            { type, record },
            {
              ...{ park: park(), by, version, ...(batch && { batch }) },
              alongside: async (session, until) => {
                await settle(session, { state: 'approved', ...settled })
                await tellOwners(deps, mailOf(record, 'renewed', until), session)
              },
            },
          )
          return { ok: true, notice: 'listings.acts.renew.done' }
        },
      }
    },
  }

  function mailOf(record: StoredRecord<Profile>, kind: 'renewed' | 'lapsed', day: PlainDate | null): OwnersMail {
    const { timeZone } = park()
    return {
      ...{ organisation: record.id, park: park(), name: contentOf(record)?.name ?? {}, kind },
      params: (lang) => ({ date: day ? formatDate(lang, day, timeZone) : '' }),
      path: (lang) =>
        kind === 'renewed'
          ? pathTo('organisations.show', lang, { organisation: record.id })
          : pathTo('organisations.list', lang),
    }
  }
}
