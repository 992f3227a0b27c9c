/** An answer of the API, its body read as JSON. */
export interface ApiAnswer {
  status: number
  headers: Headers
  /** Without parameters: `application/problem+json`. */
  type: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as a client without types would
  body: any
}

export interface Api {
  get(path: string, headers?: Record<string, string>): Promise<ApiAnswer>
  /** Sends `body` as JSON, or as it stands when it is text already. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<ApiAnswer>
}

/** A program that speaks to `/api/v1` of the product at `url`; it keeps no cookies and follows no redirect. */
export function newApi(url: string): Api {
  const call = async (path: string, init: RequestInit): Promise<ApiAnswer> => {
    const response = await fetch(`${url}/api/v1${path}`, { redirect: 'manual', ...init })
    const text = await response.text()
    const type = (response.headers.get('Content-Type') ?? '').split(';')[0] ?? ''
    return {
      status: response.status,
      headers: response.headers,
      type,
      body: type.endsWith('json') ? JSON.parse(text) : text,
    }
  }
  return {
    get: (path, headers = {}) => call(path, { headers }),
    post: (path, body, headers = {}) =>
      call(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  }
}
