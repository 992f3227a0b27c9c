/** One page of a list of `total` entries. */
export interface Page {
  /** From 1; capped at the last page. */
  page: number
  size: number
  total: number
  /** At least 1, also of an empty list. */
  pages: number
  offset: number
  /** Position of the first and last entry shown, from 1; both 0 of an empty list. */
  from: number
  to: number
}

/** Pages of a list are not walked deeper than this many entries: nobody reads so far, and it would cost the engine dearly. */
export const DEEPEST_ENTRY = 10_000

/** The page asked for, or the nearest one there is; a number that makes no sense counts as 1. */
export function pageOf(asked: number, size: number, total: number): Page {
  const pages = Math.max(1, Math.ceil(Math.min(total, DEEPEST_ENTRY) / size))
  const page = Math.min(Math.max(1, Math.trunc(asked) || 1), pages)
  const offset = (page - 1) * size
  const to = Math.min(offset + size, total)
  return { page, size, total, pages, offset, from: to > offset ? offset + 1 : 0, to: to > offset ? to : 0 }
}

/**
 * The page numbers to offer: the first, the last, and those within one of the present one; null stands for a gap.
 * A gap of a single page is shown as that page.
 */
export function pageWindow({ page, pages }: Pick<Page, 'page' | 'pages'>): (number | null)[] {
  const wanted = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages)
  const shown: (number | null)[] = []
  let last = 0
  for (const n of wanted.sort((a, b) => a - b)) {
    if (n - last === 2) shown.push(n - 1)
    else if (n - last > 2) shown.push(null)
    shown.push(n)
    last = n
  }
  return shown
}
