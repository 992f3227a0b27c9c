import type { Request } from 'express'
import { NotFound } from '../../../kernel/errors.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { readPageQuery, whole } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { personOf } from '../../../platform/http/viewer.js'
import { asWeighed, type WeightsRepository, type WeightsVersion } from '../../matching/index.js'
import { type PeopleRepository, whoWas } from '../../people/index.js'
import type { WeightsEditing } from '../editing.service.js'
import { shownWeights } from '../form/weight-values.js'
import { seenVersion } from '../form/weights-form.schemas.js'
import { hubView } from './hub.views.js'

export interface HubDeps {
  weights(): WeightsVersion
  weightVersions: Pick<WeightsRepository, 'version' | 'versions'>
  editing: WeightsEditing
  people: Pick<PeopleRepository, 'byIds'>
}

const PAGE = { page: whole({ min: 1, max: 100_000, otherwise: 1 }) }
const PAGE_SIZE = 20

/** The weights in force with their versions, any of which is put back with one click. */
export function hubPages(deps: HubDeps): Record<'admin.matching' | 'admin.matching-restore', Handler> {
  const { weights, weightVersions, editing, people } = deps

  return {
    'admin.matching': async (req, res) => {
      const context = contextOf(res)
      const { page: asked } = readPageQuery(PAGE, req)
      const { versions, page } = await weightVersions.versions(context.park.id, { page: asked, size: PAGE_SIZE })
      const oldest = versions.at(-1)
      const older = oldest && (await weightVersions.version(context.park.id, oldest.version - 1))
      const who = await whoWas(
        people,
        versions.flatMap(({ by }) => by ?? []),
        context.t,
      )
      const rows = older ? [...versions, older] : versions
      render(res, 'admin/matching', hubView({ inForce: weights(), rows, page, who }, context))
    },
    'admin.matching-restore': async (req, res) => {
      const context = contextOf(res)
      const row = await versionAt(context.park.id, req)
      const { version: _, since: __, ...old } = asWeighed(row)
      const seen = seenVersion(req.body?.seen)
      const done = () => res.redirect(303, context.url('admin.matching'))
      if (isSame(shownWeights(old), shownWeights(weights()))) {
        giveNotice(req, 'weighing.notices.same')
        return done()
      }
      const outcome = await editing.write(personOf(context), context.park.id, {
        ...{ seen, weights: old, restored: row.version },
      })
      giveNotice(req, outcome.ok ? 'weighing.notices.restored' : 'weighing.notices.overtaken', {
        version: row.version,
      })
      return done()
    },
  }

  async function versionAt(parkId: string, req: Request) {
    const asked = String(req.params.version)
    const row = /^\d{1,9}$/.test(asked) ? await weightVersions.version(parkId, Number(asked)) : null
    if (!row) throw new NotFound('version', asked)
    return row
  }
}

const isSame = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) =>
  Object.entries(one).every(([path, figure]) => other[path] === figure)
