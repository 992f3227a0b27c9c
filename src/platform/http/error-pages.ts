import type { Request, Response } from 'express'
import { InvalidInput, type ProductError } from '../../kernel/errors.js'
import { contextOf, type RequestContext } from './context.js'
import { CSRF_FIELD, isFromThisSite } from './csrf.js'
import { fieldMessage, paramsOf } from './problem.js'
import { render } from './render.js'

/** Answers with a page that says what happened in the reader's language and where to go on; null is an error nobody foresaw. */
export function sendErrorPage(req: Request, res: Response, error: ProductError | null): void {
  const context = contextOf(res)
  const status = error?.status ?? 500
  if (error?.code === 'expiredForm') renderExpiredForm(req, res, context)
  else if (status === 404) render(res, 'errors/not-found', { ...headOf(context, error) }, { status })
  else render(res, 'errors/error', errorView(context, error), { status })
}

const headOf = ({ t }: RequestContext, error: ProductError | null) => {
  const code = error?.code ?? 'internal'
  return {
    title: t(`errors.${code}.title`),
    noindex: true,
    text: t(`errors.${code}.text`, paramsOf(error)),
  }
}

function errorView(context: RequestContext, error: ProductError | null) {
  return {
    ...headOf(context, error),
    reference: (error?.status ?? 500) >= 500 ? context.requestId : null,
    problems: error instanceof InvalidInput ? error.errors.map((e) => fieldMessage(e, context.t)) : [],
  }
}

/**
 * The form once more, with a fresh token and what was typed, when the browser vouches that it was sent from this site;
 * from elsewhere it could be somebody else's words, and nothing is offered.
 */
function renderExpiredForm(req: Request, res: Response, { t }: RequestContext): void {
  const typed = isFromThisSite(req) ? typedFields(req.body) : []
  const model = {
    title: t('errors.expiredForm.title'),
    noindex: true,
    text: t(typed.length > 0 ? 'errors.expiredForm.text' : 'errors.expiredForm.lost'),
    action: req.originalUrl,
    typed,
  }
  render(res, 'errors/expired-form', model, { status: 403 })
}

function typedFields(body: unknown): { name: string; value: string }[] {
  if (typeof body !== 'object' || body === null) return []
  return (
    Object.entries(body)
      // A password is typed once more: it is in no page.
      .filter(([name]) => name !== CSRF_FIELD && !/password|himself/i.test(name))
      .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: String(one) })))
  )
}
