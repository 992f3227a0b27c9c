/** Somebody at a browser, as far as forms need one: cookies, a token, an address of his own behind the proxy. */
export interface Visitor {
  get(path: string): Promise<Answer>
  /** Sends a form with the token of the page seen last. */
  post(path: string, fields: Record<string, string>): Promise<Answer>
  /** The same with a file in the field `file`. */
  send(path: string, fields: Record<string, string>, file: string): Promise<Answer>
}

export interface Timed {
  status: number
  /** Milliseconds to the last byte. */
  took: number
}

export interface Answer extends Timed {
  contentType: string
  /** Where a redirect leads, else empty. */
  location: string
  text: string
}

/** `address` may be another each time: what is measured is not how much one of them may ask for. */
export function newVisitor(url: string, address: string | (() => string)): Visitor {
  const cookies = new Map<string, string>()
  let token = ''

  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      'X-Forwarded-For': typeof address === 'string' ? address : address(),
      ...(cookie && { Cookie: cookie }),
    }
    const began = performance.now()
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers })
    const text = await response.text()
    const took = performance.now() - began
    for (const one of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
      cookies.set(name, value)
    }
    token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? token
    return {
      status: response.status,
      took,
      contentType: response.headers.get('content-type') ?? '',
      location: response.headers.get('location') ?? '',
      text,
    }
  }

  return {
    get: (path) => ask(path),
    send: (path, fields, file) => {
      const body = new FormData()
      for (const [name, value] of Object.entries({ _csrf: token, ...fields })) body.append(name, value)
      body.append('file', new Blob([file]), 'firms.csv')
      return ask(path, { method: 'POST', body })
    },
    post: (path, fields) => ask(path, { method: 'POST', body: new URLSearchParams({ _csrf: token, ...fields }) }),
  }
}

/** A different address for each number; of the block that is kept for measuring (RFC 2544). */
export const addressOf = (n: number): string => `198.${18 + ((n >> 16) & 1)}.${(n >> 8) & 255}.${n & 255}`
