import type { Response } from 'express'
import type { ViewContext } from '../views/view-context.js'
import { contextOf, type RequestContext } from './context.js'
import { layoutView, type PageHead } from './layout-view.js'

export interface RenderOptions {
  status?: number
  /** Partial that is sent alone, with the same view model, when htmx asks for it: `providers/_results`. */
  fragment?: string
}

/** Answers with `views/pages/<page>.hbs` in the layout. The view model holds what the page prints and its head. */
export function render<Model extends PageHead>(
  res: Response,
  page: string,
  model: Model,
  options: RenderOptions = {},
): void {
  const context = contextOf(res)
  const { views } = context.deps
  const view = viewContext(context)
  res.status(options.status ?? 200).type('html')
  res.vary('HX-Request')
  if (options.fragment && context.isHtmx) {
    res.send(views.partial(options.fragment, model, view))
    return
  }
  const body = views.page(page, model, view)
  res.send(views.layout('main', layoutView(context, res.req, model), body, view))
}

/** Answers with a partial alone, for a script that puts it where it belongs. */
export function renderPart(res: Response, partial: string, model: object): void {
  const context = contextOf(res)
  res.type('html').vary('HX-Request')
  res.send(context.deps.views.partial(partial, model, viewContext(context)))
}

function viewContext({ lang, t, deps, csrfToken, parkIfKnown }: RequestContext): ViewContext {
  return { lang, t, timeZone: parkIfKnown?.timeZone ?? 'UTC', asset: deps.assets.address, csrfToken }
}
