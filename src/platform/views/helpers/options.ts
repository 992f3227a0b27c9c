import type { HelperOptions } from 'handlebars'
import type { ViewContext } from '../view-context.js'

/** The request's part of a helper call. */
export const viewOf = (options: HelperOptions): ViewContext => options.data.view
