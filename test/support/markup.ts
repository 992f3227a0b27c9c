/** A page as a browser's parser cuts it into elements; enough of the HTML standard to tell text from markup. */

export interface Element {
  name: string
  attributes: ReadonlyMap<string, string>
  /** What a raw element (`script`, `style`, `textarea`, `title`) holds; empty for any other. */
  raw: string
}

/** Elements whose content is text up to their own end tag. */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'iframe', 'noscript', 'xmp'])

const ATTRIBUTE = /\s*([^\s=>/"'<]+|=[^\s=>/]*|["'<])\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?|\s*\//y

/** Every element of the page by its start tag, in order. */
export function elementsIn(html: string): Element[] {
  const elements: Element[] = []
  let at = 0
  for (;;) {
    const open = html.indexOf('<', at)
    if (open < 0) return elements
    at = open + 1
    if (html.startsWith('!--', at)) at = after(html, '-->', at + 3)
    else if (/[!?/]/.test(html.charAt(at))) at = after(html, '>', at)
    else if (/[a-z]/i.test(html.charAt(at))) {
      const name = /[^\s/>]+/y
      name.lastIndex = at
      const element = name.exec(html)?.[0].toLowerCase() ?? ''
      const attributes = new Map<string, string>()
      at = readAttributes(html, name.lastIndex, attributes)
      const end = RAW.has(element) ? endOf(html, element, at) : at
      elements.push({ name: element, attributes, raw: html.slice(at, end) })
      at = end
    }
  }
}

function readAttributes(html: string, from: number, into: Map<string, string>): number {
  let at = from
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const match = ATTRIBUTE.exec(html)
    if (!match || match[0] === '') return after(html, '>', at)
    const [whole, name, double, single, bare] = match
    if (name !== undefined && !into.has(name.toLowerCase()))
      into.set(name.toLowerCase(), double ?? single ?? bare ?? '')
    at += whole.length
  }
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from)
  return found < 0 ? html.length : found + mark.length
}

function endOf(html: string, element: string, from: number): number {
  const end = new RegExp(`</${element}[\\s/>]`, 'gi')
  end.lastIndex = from
  return end.exec(html)?.index ?? html.length
}

/** The shapes of a page's markup: each element with its attributes' names, once. */
export const shapesIn = (html: string): Set<string> =>
  new Set(
    elementsIn(html).flatMap(({ name, attributes }) => [name, ...[...attributes.keys()].map((a) => `${name} ${a}`)]),
  )

const ADDRESSES = new Set(['href', 'src', 'action', 'formaction', 'hx-get', 'hx-post', 'xlink:href'])
const HARMLESS_ADDRESS = /^([/#?](?!\/)|https?:\/\/|mailto:|tel:|$)/

/** What of a page could run or style by itself, in words; empty for a page that a strict policy leaves whole. */
export function activeMarkupIn(html: string): string[] {
  return elementsIn(html).flatMap((element) => [...dangersOf(element)])
}

function* dangersOf({ name, attributes, raw }: Element): Generator<string> {
  if (['style', 'iframe', 'object', 'embed', 'base'].includes(name)) yield `<${name}>`
  if (name === 'script' && !attributes.has('src') && attributes.get('type') !== 'application/ld+json')
    yield `inline script ${raw.slice(0, 40)}`
  for (const [attribute, value] of attributes) {
    if (attribute === 'style' || /^on/.test(attribute) || attribute.startsWith('hx-on')) yield `${name} ${attribute}`
    if (ADDRESSES.has(attribute) && !HARMLESS_ADDRESS.test(value)) yield `${name} ${attribute}="${value.slice(0, 60)}"`
  }
}
