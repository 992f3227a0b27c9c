import type { RequestContext } from '../../platform/http/context.js'
import { formatDate } from '../../platform/i18n/formats.js'
import type { CaseActionView, CaseForm, CaseRow, CaseSubject } from '../curation/index.js'
import type { IntroductionRepository, IntroductionService } from '../introductions/index.js'
import type { NeedContent } from '../needs/index.js'
import { type ProviderProfile, shownName } from '../providers/index.js'
import { noteField, readNote } from './deciding.actions.js'
import { nameOf, recordNames } from './record-names.js'
import type { ReviewDeps } from './reviews.types.js'
import { whoWaits } from './who-waits.js'
import { plain } from './words.js'

/** What a curator can do with an introduction that waits for him; the same as on its own page. */
const ACTS = ['close', 'remind'] as const

export interface IntroductionReviewDeps extends Pick<ReviewDeps, 'records' | 'people'> {
  introductions: Pick<IntroductionRepository, 'byId' | 'byIds'>
  introducing: Pick<IntroductionService, 'act' | 'endWith'>
}

/**
 * An introduction that nobody has answered: a curator calls, writes down what he has found out, and reminds or closes.
 * That ends the case too, whichever page it is done on.
 */
export function introductionReview(deps: IntroductionReviewDeps): CaseSubject {
  const { records, introductions, introducing } = deps
  return {
    names: recordNames(records),
    waiting: async (cases, context) => {
      const sides = await sidesOf(cases, context)
      return new Map([...sides].map(([id, one]) => [id, context.t('curation.waits.introduction', one)]))
    },
    open: async (entry) => {
      const { recordId, subjectId } = entry
      const id = subjectId ?? ''
      const [need, row] = await Promise.all([records.byId<NeedContent>('need', recordId), introductions.byId(id)])
      const content = need?.published ?? need?.working
      if (!need || !content || need.archivedAt || row?.state !== 'open') return null
      return {
        organisation: content.business ?? null,
        version: null,
        view: async (context, form) => ({
          name: nameOf(content, context.lang),
          ask: context.t('curation.ask.introduction'),
          publicHref: need.status === 'published' ? context.url('needs.show', { slug: need.slug }) : null,
          sections: [
            {
              ...{ heading: context.t('curation.introduction.heading'), quotes: [], changes: null },
              pairs: pairsOf((await sidesOf([entry], context)).get(entry._id) ?? null, context),
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

  /** Who asked whom, and the days of it, by case id; of what is no more there is nothing. */
  async function sidesOf(cases: readonly CaseRow[], context: RequestContext): Promise<Map<string, Sides>> {
    const rows = await introductions.byIds(cases.flatMap(({ subjectId }) => subjectId ?? []))
    const firms = await records.byIds<ProviderProfile>(
      'provider',
      rows.map(({ provider }) => provider),
    )
    const found = cases.flatMap((entry) => {
      const row = rows.find(({ _id }) => _id === entry.subjectId)
      const firm = firms.find(({ id }) => id === row?.provider)
      return row && firm ? [{ entry: { ...entry, personId: row.needPerson }, row, firm }] : []
    })
    const owners = await whoWaits(deps)(
      found.map(({ entry }) => entry),
      context,
    )
    const day = (date: Date | string) => formatDate(context.lang, date, context.park.timeZone)
    return new Map(
      found.map(({ entry, row, firm }) => {
        const needs = owners.get(entry._id) ?? ''
        const firms = firm.published ? shownName(firm.published, context.lang).text : firm.slug
        const [asker, asked] = row.kind === 'request' ? [needs, firms] : [firms, needs]
        return [entry._id, { asker, asked, since: day(row.createdAt), due: day(row.dueOn) }]
      }),
    )
  }
}

type Sides = Record<'asker' | 'asked' | 'since' | 'due', string>

const pairsOf = (sides: Sides | null, context: RequestContext) =>
  (['asker', 'asked', 'since', 'due'] as const).flatMap((one) =>
    sides ? [{ label: context.t(`curation.introduction.${one}`), values: plain(context, sides[one]) }] : [],
  )

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
