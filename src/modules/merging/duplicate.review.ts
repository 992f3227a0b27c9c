import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { CaseSubject } from '../curation/index.js'
import type { PairRepository } from '../duplicates/index.js'
import { recordNames } from '../reviewing/index.js'
import { pairWords, shownName } from './duplicates.views.js'
import type { Listing } from './merging.service.js'
import type { Pairs } from './pairs.service.js'

interface DuplicateReviewDeps {
  records: RecordRepository
  pairs: PairRepository
  judging: Pairs
}

/** Two listings that may be one, before the curators: two they are, or they are made one on a page of its own. */
export function duplicateReview({ records, pairs, judging }: DuplicateReviewDeps): CaseSubject {
  return {
    names: recordNames(records),
    waiting: async (cases, context) => {
      const found = await pairs.byIds(cases.flatMap(({ subjectId }) => subjectId ?? []))
      return new Map(
        cases.flatMap(({ _id, subjectId }): [string, string][] => {
          const pair = found.find((one) => one._id === subjectId)
          return pair ? [[_id, pairWords(pair, context).facts.join(', ')]] : []
        }),
      )
    },
    open: async (entry) => {
      const pair = entry.subjectId ? await pairs.byId(entry.subjectId) : null
      if (pair?.state !== 'open') return null
      const [a, b] = await Promise.all([
        records.byId(pair.type, pair.a) as Promise<Listing | null>,
        records.byId(pair.type, pair.b) as Promise<Listing | null>,
      ])
      if (!a || !b || a.mergedInto || b.mergedInto) return null
      return {
        organisation: a.id,
        version: null,
        view: (context) => {
          const { t, url } = context
          const nothing = { quotes: [], changes: null }
          return {
            name: shownName(a, context),
            ask: t('merging.case.ask', { first: shownName(a, context).text, second: shownName(b, context).text }),
            publicHref: null,
            sections: [
              {
                ...nothing,
                heading: t('merging.case.heading'),
                pairs: [
                  { label: t('merging.case.first'), values: [shownName(a, context)] },
                  { label: t('merging.case.second'), values: [shownName(b, context)] },
                  {
                    label: t('merging.case.why'),
                    values: pairWords(pair, context).facts.map((text) => ({ text, lang: context.lang })),
                  },
                ],
                links: [
                  { href: url('admin.merge', { survivor: a.id, other: b.id }), label: t('merging.case.merge') },
                  ...[a, b].map((one) => ({
                    href: url('admin.listing', { listing: one.id }),
                    label: shownName(one, context).text,
                  })),
                ],
              },
            ],
            actions: [
              {
                ...{ name: 'apart', heading: t('merging.case.apart'), hint: t('merging.case.apartHint') },
                ...{ submit: t('merging.list.sayApart'), fields: [], primary: true },
              },
            ],
          }
        },
        decide: async (order) => {
          await judging.judge(order.actor, order.parkId, pair._id, 'apart', (session) =>
            order.settle(session, { state: 'approved', note: null, mail: null }),
          )
          return { ok: true, notice: 'merging.notices.apart' }
        },
      }
    },
  }
}
