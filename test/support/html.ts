/** What of a page's markup its tests look at; enough for markup that the product's own templates write. */

/** The visible words of a piece of markup, entities resolved, white space collapsed. */
export function textOf(html: string): string {
  const words = html.replace(/<(script|svg|title|style)\b.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' ')
  return withoutEntities(words).replace(/\s+/g, ' ').trim()
}

/** The part of a page inside `<main>`. */
export function mainOf(html: string): string {
  return html.slice(html.indexOf('<main'), html.indexOf('</main>'))
}

/** Addresses and words of all links, in order. */
export function linksIn(html: string): { href: string; text: string }[] {
  return Array.from(html.matchAll(/<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gs), ([, href = '', inner = '']) => ({
    href: withoutEntities(href),
    text: textOf(inner),
  }))
}

/** The words inside every element of a name: `textsIn(html, 'h3')`. */
export function textsIn(html: string, element: string): string[] {
  const pattern = new RegExp(`<${element}\\b[^>]*>(.*?)</${element}>`, 'gs')
  return Array.from(html.matchAll(pattern), ([, inner = '']) => textOf(inner))
}

/** The one address that a page names for itself; null when it names none. */
export function canonicalOf(html: string): string | null {
  const href = /<link rel="canonical" href="([^"]*)"/.exec(html)?.[1]
  return href === undefined ? null : withoutEntities(href)
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x60': '`',
  '#x3D': '=',
}

function withoutEntities(text: string): string {
  return text.replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
}
