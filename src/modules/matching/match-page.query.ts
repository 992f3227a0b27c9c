import type { Request } from 'express'
import { z } from 'zod'
import { line, wardCode } from '../../kernel/fields.js'
import type { RouteParams } from '../../kernel/routes.js'
import { many, readPageQuery } from '../../platform/http/query.js'
import { MAX_TEXT } from './matching.schemas.js'

/** What the address of the page holds: the need's words and the reader's corrections. All of it travels in every link. */
export interface MatchState {
  text: string
  dropped: readonly string[]
  added: readonly string[]
  ward: string | undefined
  all: boolean
  /** The text was too long to be read; it is shown again, cut, with the reason. */
  tooLong: boolean
}

const correction = z
  .string()
  .regex(/^[a-z]+(:[a-z0-9-]+)?$/i)
  .max(80)

const query = {
  text: line(MAX_TEXT).optional(),
  drop: many(correction, 40),
  add: many(correction, 40),
  ward: wardCode.optional(),
  all: z.literal('1').optional(),
}

export function matchState(req: Request): MatchState {
  const read = readPageQuery(query, req)
  const raw = typeof req.query.text === 'string' ? req.query.text : ''
  const tooLong = read.text === undefined && raw.length > MAX_TEXT
  return {
    text: tooLong ? raw.slice(0, MAX_TEXT) : (read.text ?? ''),
    dropped: read.drop,
    added: read.add,
    ward: read.ward,
    all: read.all === '1',
    tooLong,
  }
}

/** The query of a link that leads to `state`. */
export const toQuery = ({ text, dropped, added, ward, all }: MatchState): RouteParams => ({
  text,
  drop: dropped,
  add: added,
  ward,
  all: all ? 1 : undefined,
})

export const without = (state: MatchState, name: string): MatchState => ({
  ...state,
  added: state.added.filter((one) => one !== name),
  dropped: state.added.includes(name) || state.dropped.includes(name) ? state.dropped : [...state.dropped, name],
})

export const including = (state: MatchState, name: string): MatchState => ({
  ...state,
  dropped: state.dropped.filter((one) => one !== name),
  added: state.added.includes(name) ? state.added : [...state.added, name],
})
