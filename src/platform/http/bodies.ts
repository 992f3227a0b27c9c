import express, { type RequestHandler } from 'express'
import { ROUTES, type RouteSpec } from '../../kernel/routes.js'
import { assertMay } from './access.js'
import { contextOf } from './context.js'
import { FileNotTaken, UnsupportedMediaType } from './errors.js'
import { formWithFile } from './uploads.js'
import { formWithTable } from './uploads-table.js'

/** Room for a need of several pages with every other field. */
const BODY_LIMIT = '128kb'

/** Fields of a form; values are strings, or lists of strings where a name is repeated. */
function formBody(): RequestHandler {
  const parse = express.urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: 500 })
  return (req, res, next) => {
    parse(req, res, (error?: unknown) => {
      if (!error) req.body ??= {}
      next(error)
    })
  }
}

/** What a page's form was sent with: fields, and a file where the catalogue says that the route takes one. */
export function pageBody(): RequestHandler {
  const fields = formBody()
  const withFile = formWithFile()
  const withTable = formWithTable()
  return (req, res, next) => {
    if (!req.is('multipart/form-data')) return fields(req, res, next)
    const context = contextOf(res)
    const spec: RouteSpec | null = context.route && ROUTES[context.route]
    if (!spec?.uploads) throw new FileNotTaken()
    // Before the file is read, so that nobody makes the product hold what he may not send.
    assertMay(context, spec.action)
    return spec.uploads === 'table' ? withTable(req, res, next) : withFile(req, res, next)
  }
}

/** A JSON object or array in UTF-8; anything else is refused by its type before it is read. */
export function jsonBody(): RequestHandler {
  const parse = express.json({ strict: true, limit: BODY_LIMIT, type: () => true })
  return (req, res, next) => {
    const type = req.get('Content-Type') ?? ''
    if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type)) throw new UnsupportedMediaType(type)
    parse(req, res, next)
  }
}
