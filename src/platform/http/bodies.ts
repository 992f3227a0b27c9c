import express, { type RequestHandler } from 'express'
import { UnsupportedMediaType } from './errors.js'

/** Room for a need of several pages with every other field. */
const BODY_LIMIT = '128kb'

/** Fields of a form; values are strings, or lists of strings where a name is repeated. */
export function formBody(): RequestHandler {
  const parse = express.urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: 500 })
  return (req, res, next) => {
    parse(req, res, (error?: unknown) => {
      if (!error) req.body ??= {}
      next(error)
    })
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
