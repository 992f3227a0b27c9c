import type { HelperOptions, SafeString } from 'handlebars'
import { pathTo, ROUTES, type RouteName, type RouteParams } from '../../../kernel/routes.js'
import { escapeHtml, markup } from '../escape.js'
import { viewOf } from './options.js'

/** `{{url "providers.show" slug=slug page=2}}`: an address in the reader's language; what the path has no place for goes into the query. */
export function url(name: RouteName, options: HelperOptions): string {
  const places = new Set(Array.from(ROUTES[name].path.matchAll(/[:*](\w+)/g), (m) => m[1]))
  const params: Record<string, RouteParams[string]> = {}
  const query: Record<string, RouteParams[string]> = {}
  for (const [key, value] of Object.entries<RouteParams[string]>(options.hash)) {
    if (places.has(key)) params[key] = value
    else query[key] = value ?? undefined
  }
  return pathTo(name, viewOf(options).lang, params, query)
}

/** `{{asset "css/site.css"}}` */
export function asset(name: string, options: HelperOptions): string {
  return viewOf(options).asset(name)
}

/** `{{csrf}}` inside every form that posts: the hidden field with the form's token. */
export function csrf(options: HelperOptions): SafeString {
  return markup(`<input type="hidden" name="_csrf" value="${escapeHtml(viewOf(options).csrfToken())}">`)
}
