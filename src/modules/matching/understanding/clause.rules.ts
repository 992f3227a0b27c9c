import type { Span } from '../../../platform/search/index.js'

/** How far around a span its clause is read, in units. */
const REACH = 48
const BREAK = /[.,;!?\n]/

/** What stands before a span in its clause, a few words of it. */
export const clauseBefore = (text: string, { start }: Span): string =>
  text
    .slice(Math.max(0, start - REACH), start)
    .split(BREAK)
    .at(-1) ?? ''

/** What stands behind a span in its clause, a few words of it. */
export const clauseAfter = (text: string, span: Span): string => clausesAfter(text, span)[0] ?? ''

/** What stands behind a span, clause by clause, within `reach` units. */
export const clausesAfter = (text: string, { end }: Span, reach = REACH): string[] =>
  text.slice(end, end + reach).split(BREAK)
