import request from 'supertest'

export type Fields = Readonly<Record<string, string | readonly string[]>>

/** What a browser would know of an answer. */
export interface Answer {
  status: number
  text: string
  headers: Readonly<Record<string, string>>
  /** Where a redirect leads, else empty. */
  location: string
  /** Cookies that it sets. */
  cookies: readonly string[]
}

/** Somebody at a browser without scripts: keeps cookies, and fills in the forms of the page he is on. */
export interface Guest {
  get(path: string): Promise<Answer>
  /** Sends fields to an address with the token of the page seen last, or without one. */
  post(path: string, fields: Fields, options?: { token?: boolean }): Promise<Answer>
  /** Sends the page's posting form with what stands in it, hidden fields and all, overwritten by `fields`. */
  submit(page: Answer, fields?: Fields): Promise<Answer>
  /** The same with a file. */
  upload(
    page: Answer,
    file: { field: string; data: Buffer },
    fields?: Readonly<Record<string, string>>,
  ): Promise<Answer>
}

/** `url`: where the product answers; `headers` go along with every request. */
export function newGuest(url: string, headers: Readonly<Record<string, string>> = {}): Guest {
  // Packing every page for its neighbour in the same process proves nothing; browsers and callers of the API in other tests ask for it.
  const agent = request.agent(url).set({ 'Accept-Encoding': 'identity', ...headers })
  let token = ''

  const read = (res: request.Response): Answer => {
    const answer = {
      status: res.status,
      text: res.text ?? '',
      headers: res.headers,
      location: res.headers.location ?? '',
      cookies: [res.headers['set-cookie'] ?? []].flat(),
    }
    token = /name="_csrf" value="([^"]+)"/.exec(answer.text)?.[1] ?? token
    return answer
  }

  const post: Guest['post'] = async (path, fields, { token: withToken = true } = {}) => {
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries({ ...(withToken && { _csrf: token }), ...fields })) {
      for (const one of [value].flat()) body.append(name, one)
    }
    return read(await agent.post(path).type('form').send(body.toString()))
  }

  return {
    get: async (path) => read(await agent.get(path)),
    post,
    upload: async (page, { field, data }, fields = {}) => {
      const form = formOf(page.text)
      const sent = agent.post(form.action).field({ ...form.fields, ...fields } as Record<string, string>)
      return read(await sent.attach(field, data, 'tep.bin'))
    },
    submit: (page, fields = {}) => {
      const form = formOf(page.text)
      return post(form.action, { ...form.fields, ...fields })
    },
  }
}

/** The page's first form that posts, as it stands. */
export function formOf(html: string): { action: string; fields: Record<string, string | string[]> } {
  const form = /<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/s.exec(html)
  if (!form) throw new Error('the page has no form that posts')
  const [, action = '', inside = ''] = form
  const fields: Record<string, string | string[]> = {}
  const add = (name: string, value: string) => {
    const there = fields[name]
    fields[name] = there === undefined ? value : [...[there].flat(), value]
  }
  for (const [tag] of inside.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const choosable = /type="(checkbox|radio)"/.test(tag)
    if (name && (!choosable || / checked/.test(tag))) add(name, attribute(tag, 'value'))
  }
  for (const [, open = '', text = ''] of inside.matchAll(/<textarea([^>]*)>\n?(.*?)<\/textarea>/gs))
    add(attribute(open, 'name'), unescaped(text))
  for (const [, open = '', options = ''] of inside.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
    const chosen = /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options)
    add(attribute(open, 'name'), unescaped(chosen?.[1] ?? ''))
  }
  return { action: unescaped(action), fields }
}

const attribute = (tag: string, name: string) => unescaped(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

const ENTITIES: Record<string, string> = {
  lt: '<',
  gt: '>',
  quot: '"',
  amp: '&',
  '#x27': "'",
  '#x60': '`',
  '#x3D': '=',
}

/** Text as it stood before it was escaped into HTML. */
export const unescaped = (html: string): string =>
  html.replace(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all)
