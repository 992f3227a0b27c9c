import MarkdownIt from 'markdown-it'

/**
 * Texts that the park's administrators write, as HTML. Markup in them stays text, so that whatever is pasted shows as it
 * was written and nothing of it runs: no HTML, no pictures (the site shows none from elsewhere), and links to the web, to
 * a mailbox or to a page of this site alone.
 */
const markdown = new MarkdownIt({ html: false, breaks: true, linkify: false, typographer: false })
markdown.disable('image')
markdown.validateLink = leadsSomewhereSafe

// The page has its own first heading; those of the text stand below it.
markdown.core.ruler.push('lower_headings', ({ tokens }) => {
  for (const token of tokens) {
    if (token.tag === 'h1') token.tag = 'h2'
    // Columns of a table carry their alignment as a style, which the security policy would refuse.
    token.attrs = token.attrs?.filter(([name]) => name !== 'style') ?? null
  }
})

markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  const token = tokens[index]
  if (token && /^https?:/i.test(String(token.attrGet('href')))) token.attrSet('rel', 'external noopener')
  return self.renderToken(tokens, index, options)
}

/** HTML of a Markdown text. */
export const renderMarkdown = (text: string): string => markdown.render(text)

// Browsers leave out controls inside an address and read a backslash as a slash, so neither is let through.
const UNSAFE = /[\p{Cc}\s\\]/u

function leadsSomewhereSafe(address: string): boolean {
  let plain = address
  try {
    plain = decodeURIComponent(address)
  } catch {
    return false
  }
  if ([address, plain].some((one) => UNSAFE.test(one))) return false
  if (/^mailto:[^@]+@[^@]+$/i.test(address)) return true
  if (/^https?:\/\/[^/]/i.test(address)) return URL.canParse(address) && new URL(address).username === ''
  return /^(\/(?!\/)|#)/.test(plain) && /^(\/(?!\/)|#)/.test(address)
}
