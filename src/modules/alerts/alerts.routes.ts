import type { Response } from 'express'
import { contextOf } from '../../platform/http/context.js'
import type { Handler } from '../../platform/http/router.js'
import type { OwnNeeds } from '../needs/index.js'
import { ownAlertPages } from './account.routes.js'
import type { WatchRow } from './alerts.model.js'
import type { AlertDeps } from './alerts.ports.js'
import { askingPages } from './asking.routes.js'
import { linkPages } from './links.routes.js'
import { labelFinder, thingFinder } from './things.js'
import { stopTokens } from './unsubscribing.js'
import { watchingService } from './watching.service.js'

type Routes =
  | keyof ReturnType<typeof askingPages>
  | keyof ReturnType<typeof linkPages>
  | keyof ReturnType<typeof ownAlertPages>

/** Being told of what is new and fits. */
export function alertPages(deps: AlertDeps & { own: Pick<OwnNeeds, 'byKey'> }): Record<Routes, Handler> {
  const watching = watchingService(deps)
  const find = thingFinder(deps)
  const labels = labelFinder(deps)
  return {
    ...askingPages({ watching, find, own: deps.own }),
    ...ownAlertPages({ watching, find }),
    ...linkPages({
      watching,
      tokens: stopTokens(deps.secret),
      labelsOf: (rows: readonly WatchRow[], res: Response) => labels(rows, contextOf(res).lang),
    }),
  }
}
