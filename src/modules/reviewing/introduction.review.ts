import type { CaseActionView, CaseForm, CaseSubject } from '../curation/index.js'
import type { IntroductionRepository, IntroductionService } from '../introductions/index.js'
import type { NeedContent } from '../needs/index.js'
import { noteField, readNote } from './deciding.actions.js'
import { nameOf, recordNames } from './record-names.js'
import type { ReviewDeps } from './reviews.js'

/** What a curator can do with an introduction that waits for him; the same as on its own page. */
const ACTS = ['close', 'remind'] as const

export interface IntroductionReviewDeps extends Pick<ReviewDeps, 'records'> {
  introductions: Pick<IntroductionRepository, 'byId'>
  introducing: Pick<IntroductionService, 'act'>
}

/**
 * An introduction that nobody has answered: a curator calls, writes down what he has found out, and reminds or closes.
 * That ends the case too, whichever page it is done on.
 */
export function introductionReview({ records, introductions, introducing }: IntroductionReviewDeps): CaseSubject {
  return {
    names: recordNames(records),
    open: async ({ recordId, subjectId }) => {
      const id = subjectId ?? ''
      const [need, row] = await Promise.all([records.byId<NeedContent>('need', recordId), introductions.byId(id)])
      const content = need?.published ?? need?.working
      if (!need || !content || need.archivedAt || row?.state !== 'open') return null
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
                  href: context.url('introductions.show', { introduction: id }),
                  label: context.t('curation.introduction.open'),
                },
              ],
            },
          ],
          actions: ACTS.map((name) => actionView(name, form, context)),
        }),
        decide: async ({ actor, action, typed }) => {
          const act = ACTS.find((one) => one === action)
          if (!act) return { ok: false, reason: 'newer' }
          const read = act === 'close' ? readNote(typed) : { ok: true as const, note: '' }
          if (!read.ok) return { ok: false, reason: 'invalid', errors: read.errors }
          const done = await introducing.act(actor, id, { type: act, note: read.note })
          return done.ok ? { ok: true, notice: `curation.notices.${act}` } : { ok: false, reason: 'newer' }
        },
      }
    },
  }
}

function actionView(
  name: (typeof ACTS)[number],
  form: CaseForm,
  context: Parameters<typeof noteField>[1],
): CaseActionView {
  const { t } = context
  return {
    name,
    heading: t(`curation.introduction.${name}.heading`),
    hint: t(`curation.introduction.${name}.hint`),
    submit: t(`curation.introduction.${name}.submit`),
    fields: name === 'close' ? [noteField(form, context, t('curation.introduction.note'))] : [],
    primary: name === 'close',
  }
}
