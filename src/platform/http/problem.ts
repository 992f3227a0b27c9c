import type { Response } from 'express'
import { type FieldError, InvalidInput, type ProductError } from '../../kernel/errors.js'
import type { Translate } from '../i18n/translator.js'
import { contextOf } from './context.js'

/** Problem details of RFC 9457, as the API answers every error. */
interface Problem {
  /** A URN that names the kind of problem; programs tell problems apart by it. */
  type: string
  title: string
  status: number
  detail: string
  requestId: string
  errors?: { field: string; code: string; detail: string }[]
}

/** Sends an error of the API; null stands for one that nobody foresaw, of which nothing but the request's id is told. */
export function sendProblem(res: Response, error: ProductError | null): void {
  const { t, requestId } = contextOf(res)
  const code = error?.code ?? 'internal'
  const problem: Problem = {
    type: `urn:cau-noi-so:problem:${kebab(code)}`,
    title: t(`errors.${code}.title`),
    status: error?.status ?? 500,
    detail: t(`errors.${code}.text`, paramsOf(error)),
    requestId,
  }
  if (error instanceof InvalidInput) problem.errors = error.errors.map((e) => describe(e, t))
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

const describe = (error: FieldError, t: Translate) => ({
  field: error.field,
  code: error.code,
  detail: fieldMessage(error, t),
})

/** What is wrong with a field, in the reader's words. */
export function fieldMessage({ code, params }: FieldError, t: Translate): string {
  return t(`fields.errors.${code}`, params)
}

/** Values for an error's own text. */
export function paramsOf(error: ProductError | null): Record<string, number> {
  return error && 'retryAfter' in error ? { count: Number(error.retryAfter) } : {}
}

const kebab = (code: string) => code.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
