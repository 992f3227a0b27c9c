import { inTransaction } from '../../platform/db/connection.js'
import type { CaseSubject } from '../curation/index.js'
import type { NeedContent } from '../needs/index.js'
import { readNote, sendBackAction } from './deciding.actions.js'
import { nameOf, recordNames } from './record-names.js'
import type { ReviewDeps } from './reviews.js'

/** An introduction that nobody has answered: a curator calls the firm and writes down what came of it. */
export function introductionReview({ db, records }: ReviewDeps): CaseSubject {
  return {
    names: recordNames(records),
    open: async (entry) => {
      const need = await records.byId<NeedContent>('need', entry.recordId)
      const content = need?.published ?? need?.working
      if (!need || !content || need.archivedAt) return null
      return {
        organisation: content.business ?? null,
        version: null,
        view: (context, form) => ({
          name: nameOf(content, context.lang),
          ask: context.t('curation.ask.introduction'),
          publicHref: need.status === 'published' ? context.url('needs.show', { slug: need.slug }) : null,
          sections: [
            {
              ...{ heading: context.t('curation.introduction.heading'), quotes: [], pairs: [], changes: [] },
              links: [
                {
                  href: context.url('introductions.show', { introduction: entry.subjectId ?? '' }),
                  label: context.t('curation.introduction.open'),
                },
              ],
            },
          ],
          actions: [sendBackAction('introduction', form, context)],
        }),
        decide: async ({ typed, settle }) => {
          const read = readNote(typed)
          if (!read.ok) return { ok: false, reason: 'invalid', errors: read.errors }
          await inTransaction(db, (session) => settle(session, { state: 'approved', note: read.note, mail: null }))
          return { ok: true, notice: 'curation.notices.settled' }
        },
      }
    },
  }
}
