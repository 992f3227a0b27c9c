import type { Response } from 'express'
import { z } from 'zod'
import type { Clock } from '../../../kernel/clock.js'
import type { Lang, ShownText } from '../../../kernel/text.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import { RECORD_TYPES } from '../../../platform/records/record.types.js'
import { nameOf } from '../../reviewing/index.js'
import { type SearchEngines, standings } from '../engines.js'
import type { Standing } from '../indexing.service.js'
import { WORKS } from '../work.model.js'
import type { SearchWork } from '../work.service.js'
import { enginesView, shownOf } from './engines.views.js'

export interface EnginePagesDeps {
  engines: SearchEngines
  searchWork: SearchWork
  records: Pick<RecordRepository, 'byIds'>
  clock: Clock
}

const acted = z.object({ act: z.enum(['retry', ...WORKS]) })

/** How the search engines stand, and what an administrator can have them do. */
export function enginePages(deps: EnginePagesDeps): Record<'admin.search' | 'admin.search-act', Handler> {
  const { engines, searchWork, records, clock } = deps
  return {
    'admin.search': (_req, res) => show(res, 200),
    'admin.search-act': async (req, res) => {
      const form = readForm(acted, req)
      if (!form.ok) return show(res, 422)
      const { act } = form.value
      // An engine that is away has what is set aside for it tried again when it is back.
      if (act === 'retry') await Promise.allSettled(engines.all.map((engine) => engine.retry()))
      else await searchWork.ask(act)
      giveNotice(req, `engines.done.${act}`)
      res.redirect(303, contextOf(res).url('admin.search'))
    },
  }

  async function show(res: Response, status: number) {
    const context = contextOf(res)
    const [stand, work] = await Promise.all([standings(engines), searchWork.latest()])
    const names = await namesOf(records, stand, context.lang)
    const { serving, lastSwitch } = engines
    const view = enginesView(
      { ...{ standings: stand, names, work }, serving: serving(), last: lastSwitch(), now: clock() },
      context,
    )
    res.set('Cache-Control', 'no-store')
    render(res, 'admin/search', view, { status })
  }
}

/** By record id; one that cannot be read has none. */
async function namesOf(
  records: EnginePagesDeps['records'],
  stand: readonly Standing[],
  lang: Lang,
): Promise<Map<string, ShownText>> {
  const shown = stand.flatMap(shownOf)
  const found = await Promise.all(
    RECORD_TYPES.map((type) => {
      const ids = shown.filter((row) => row.type === type).map(({ recordId }) => recordId)
      return records.byIds<Parameters<typeof nameOf>[0]>(type, ids, () => {})
    }),
  )
  return new Map(
    found.flat().flatMap((record): [string, ShownText][] => {
      const content = record.published ?? record.working
      return content ? [[record.id, nameOf(content, lang)]] : []
    }),
  )
}
