import type { Request, Response } from 'express'
import { z } from 'zod'
import { NotFound } from '../../kernel/errors.js'
import { line } from '../../kernel/fields.js'
import { pageOf } from '../../kernel/pagination.js'
import { adminNav } from '../../platform/http/admin-nav.js'
import { contextOf } from '../../platform/http/context.js'
import { giveNotice } from '../../platform/http/notice.js'
import { readPageQuery, whole } from '../../platform/http/query.js'
import { render } from '../../platform/http/render.js'
import type { Handler } from '../../platform/http/router.js'
import { readForm } from '../../platform/http/validate.js'
import { personOf } from '../../platform/http/viewer.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { Finding, PairRepository } from '../duplicates/index.js'
import type { PeopleRepository } from '../people/index.js'
import type { SummaryRepository } from '../summaries/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import { duplicatesView, mergesView, shownName } from './duplicates.views.js'
import { CHOICES, type Choice, differingFields, type Profile } from './fields.rules.js'
import { PARTS, type Part, partOf } from './members.rules.js'
import { labelsOf, mergedView, mergeView, previewView } from './merge.views.js'
import type { MergeRepository } from './merges.repository.js'
import { contentOf, type Listing, type Merging, type Sides } from './merging.service.js'
import type { Pairs } from './pairs.service.js'

export interface MergingPagesDeps {
  merging: Merging
  judging: Pairs
  merges: MergeRepository
  pairs: PairRepository
  duplicates: Finding
  records: RecordRepository
  summaries: SummaryRepository
  people: PeopleRepository
  taxonomy(): TaxonomyView
}

const SIZE = 50
const LIST = {
  state: z.enum(['open', 'apart']).default('open'),
  kind: z.enum(['provider', 'business']).optional(),
  page: whole({ min: 1, max: 100_000, otherwise: 1 }),
}
const SEARCH = { q: line(100).default('') }
const versions = z.object({ survivor: z.coerce.number().int(), other: z.coerce.number().int() })
const judgement = z.object({ state: z.enum(['apart', 'open'], 'choice') })

type Route =
  | `admin.${'duplicates' | 'duplicate' | 'merges' | 'merged' | 'unmerge'}`
  | `admin.merge${'' | '-with' | '-preview' | '-save'}`

/** Finding listings that are one, making them one, and taking that back. */
export function mergingPages(deps: MergingPagesDeps): Record<Route, Handler> {
  const { merging, judging, merges, pairs, records, people, taxonomy } = deps

  async function listingsOf(ids: readonly string[]): Promise<Map<string, Listing>> {
    const [firms, businesses] = await Promise.all([
      records.byIds<Profile>('provider', ids),
      records.byIds<Profile>('business', ids),
    ])
    return new Map([...firms, ...businesses].map((one) => [one.id, one]))
  }

  async function pageFor(sides: Sides, sent: Sent, warning: string | null = null) {
    const found = await people.byIds(sides.comers.map(({ personId }) => personId))
    const names = new Map(found.map(({ _id, name, email }) => [_id, name ?? email ?? '']))
    const proposed = differingFields(contentOf(sides.survivor), contentOf(sides.other)).map(
      (one) => [one.field, one.proposed] as const,
    )
    const choices = { ...Object.fromEntries(proposed), ...sent.choices }
    return { sides, choices, parts: sent.parts, people: names, taxonomy: taxonomy(), warning }
  }

  const sidesOf = (req: Request, res: Response) => {
    const context = contextOf(res)
    return merging.sides(personOf(context), context.park.id, String(req.params.survivor), String(req.params.other))
  }

  async function showMerged(req: Request, res: Response, { status = 200, warning = null as string | null } = {}) {
    const context = contextOf(res)
    const merged = await merging.merged(personOf(context), context.park.id, String(req.params.merge))
    const by = (await people.byId(merged.row.by))?.name ?? null
    render(res, 'admin/merged', mergedView(merged, { taxonomy: taxonomy(), warning, by }, context), { status })
  }

  return {
    'admin.duplicates': async (req, res) => {
      const context = contextOf(res)
      const { state, kind: type, page: asked } = readPageQuery(LIST, req)
      const page = pageOf(asked, SIZE, await pairs.count(context.park.id, { state, type }))
      const rows = await pairs.list(context.park.id, { state, type, skip: page.offset, limit: SIZE })
      const listings = await listingsOf(rows.flatMap(({ a, b }) => [a, b]))
      render(res, 'admin/duplicates', duplicatesView({ rows, page, state, type, listings }, context))
    },
    'admin.duplicate': async (req, res) => {
      const context = contextOf(res)
      const form = readForm(judgement, req)
      const state = form.ok && form.value.state === 'open' ? 'open' : 'apart'
      await judging.judge(personOf(context), context.park.id, String(req.params.pair), state)
      giveNotice(req, `merging.notices.${state}`)
      res.redirect(303, context.url('admin.duplicates', {}, { state: state === 'open' ? 'apart' : undefined }))
    },
    'admin.merge-with': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.survivor)
      const { q } = readPageQuery(SEARCH, req)
      const mine = await listingsOf([id])
      const type = (await merging.find(id))?.type
      if (!type) throw new NotFound('listing', id)
      const found = q
        ? await deps.summaries.find(
            context.park.id,
            { q, dimensions: { type: [type] } },
            { sort: 'name', page: 1, size: 20 },
          )
        : null
      const others = (found?.rows ?? []).filter(({ _id }) => _id !== id)
      const listings = await listingsOf(others.map(({ _id }) => _id))
      const title = context.t('merging.with.title', { name: shownName(mine.get(id), context).text })
      render(res, 'admin/merge-with', {
        ...{ title, noindex: true, nav: adminNav(context, 'admin.duplicates') },
        breadcrumbs: {
          links: [
            { href: context.url('admin.listing', { listing: id }), label: shownName(mine.get(id), context).text },
          ],
          here: title,
        },
        action: context.url('admin.merge-with', { survivor: id }),
        q,
        rows: others.map(({ _id }) => ({
          href: context.url('admin.merge', { survivor: id, other: _id }),
          name: shownName(listings.get(_id), context),
          facts: [contentOf(listings.get(_id) as Listing).taxCode].filter(Boolean),
        })),
        nothing: q && others.length === 0 ? context.t('merging.with.nothing') : null,
      })
    },
    'admin.merge': async (req, res) => {
      const page = await pageFor(await sidesOf(req, res), sentIn(req.query))
      render(res, 'admin/merge', mergeView(page, contextOf(res)))
    },
    'admin.merge-preview': async (req, res) => {
      const context = contextOf(res)
      const sides = await sidesOf(req, res)
      const sent = sentIn(req.query)
      if (isUndecided(sides, sent)) {
        const page = await pageFor(sides, sent, context.t('merging.merge.decide'))
        return render(res, 'admin/merge', mergeView(page, context), { status: 422 })
      }
      return render(res, 'admin/merge-preview', previewView(await pageFor(sides, sent), context))
    },
    'admin.merge-save': async (req, res) => {
      const context = contextOf(res)
      const sent = sentIn(req.body)
      const ids = { survivor: String(req.params.survivor), other: String(req.params.other) }
      const seen = readForm(versions, req)
      const sides = await sidesOf(req, res)
      const page = await pageFor(sides, sent)
      const result = seen.ok
        ? await merging.merge(personOf(context), context.park.id, ids, {
            ...{ choices: page.choices, parts: sent.parts, versions: seen.value },
          })
        : ({ ok: false, reason: 'undecided' } as const)
      if (result.ok) {
        giveNotice(req, 'merging.notices.merged')
        return res.redirect(303, context.url('admin.merged', { merge: result.id }))
      }
      const fields = 'fields' in result ? labelsOf(sides, result.fields, taxonomy(), context).join(', ') : ''
      const warning = context.t(`merging.refused.${result.reason}`, { fields })
      if (result.reason !== 'newer')
        return render(res, 'admin/merge', mergeView({ ...page, warning }, context), { status: 422 })
      const now = await pageFor(await sidesOf(req, res), sent, warning)
      return render(res, 'admin/merge-preview', previewView(now, context), { status: 409 })
    },
    'admin.merges': async (req, res) => {
      const context = contextOf(res)
      const { page: asked } = readPageQuery({ page: LIST.page }, req)
      const page = pageOf(asked, SIZE, await merges.count(context.park.id))
      const rows = await merges.list(context.park.id, { skip: page.offset, limit: SIZE })
      const listings = await listingsOf(rows.flatMap(({ survivor, other }) => [survivor, other]))
      render(res, 'admin/merges', mergesView({ rows, page, listings }, context))
    },
    'admin.merged': (req, res) => showMerged(req, res),
    'admin.unmerge': async (req, res) => {
      const context = contextOf(res)
      const id = String(req.params.merge)
      const seen = readForm(versions, req)
      const result = seen.ok
        ? await merging.undo(personOf(context), context.park.id, id, seen.value)
        : ({ ok: false, reason: 'newer' } as const)
      if (!result.ok)
        return showMerged(req, res, { status: 409, warning: context.t(`merging.refused.${result.reason}`) })
      giveNotice(req, 'merging.notices.undone')
      return res.redirect(303, context.url('admin.merged', { merge: id }))
    },
  }
}

interface Sent {
  choices: Record<string, Choice>
  parts: Record<string, Part>
}

/** Choices of fields (`f.name`) and of people (`m.<id>`); what is none of them is left out. */
function sentIn(input: unknown): Sent {
  const entries = Object.entries((input ?? {}) as Record<string, unknown>)
  const pick = <T extends string>(prefix: string, allowed: readonly T[]) =>
    Object.fromEntries(
      entries.flatMap(([name, value]): [string, T][] => {
        const one = allowed.find((word) => word === value)
        return name.startsWith(prefix) && one ? [[name.slice(prefix.length), one]] : []
      }),
    )
  return { choices: pick('f.', CHOICES), parts: pick('m.', PARTS) }
}

const isUndecided = ({ comers }: Sides, { parts }: Sent) => comers.some((comer) => partOf(comer, parts) === null)
