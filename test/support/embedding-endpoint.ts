import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A small OpenAI-compatible endpoint, for which texts that hold one of its words mean the same, unless it is told to misbehave. */
export interface EmbeddingEndpoint {
  url: string
  /** Settings for the product. */
  env: Record<string, string>
  /** Small letters; texts with one of them are alike. */
  words: string[]
  fault: Fault | null
  /** How long it takes for a request. */
  delayMs: number
  /** Texts that it will not take hold this. */
  refuses: string | null
  /** What it was sent, a list for each request. */
  readonly asked: string[][]
  /** Authorization headers of the requests. */
  readonly keys: (string | undefined)[]
  close(): Promise<void>
}

export type Fault = 'hangs' | 'broken down' | 'no json' | 'too few' | 'other dimensions'

const KEY = 'a key of the park'

export async function startEmbeddingEndpoint(): Promise<EmbeddingEndpoint> {
  const server = createServer((req, res) => void answer(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const endpoint: EmbeddingEndpoint = {
    url,
    env: { EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: 'small-model', EMBEDDINGS_KEY: KEY },
    ...{ words: [], fault: null, delayMs: 0, refuses: null, asked: [], keys: [] },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
  return endpoint

  async function answer(req: IncomingMessage, res: ServerResponse) {
    const { model, input } = JSON.parse(await bodyOf(req)) as { model: string; input: string[] }
    endpoint.asked.push(input)
    endpoint.keys.push(req.headers.authorization)
    const { fault, refuses, delayMs } = endpoint
    if (delayMs > 0) await wait(delayMs)
    const json = (body: unknown, status = 200) =>
      res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    if (req.method !== 'POST' || req.url !== '/v1/embeddings' || model !== 'small-model') return json({}, 404)
    if (fault === 'hangs') return
    if (fault === 'broken down') return json({ error: input }, 503)
    if (fault === 'no json') return res.writeHead(200).end('<html>')
    if (refuses !== null && input.some((text) => text.includes(refuses))) return json({ error: input }, 400)
    const data = input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) }))
    // The order is the index's, not that of the list.
    json({ object: 'list', data: fault === 'too few' ? data.slice(1) : data.reverse() })
  }

  function vectorOf(text: string): number[] {
    const alike = endpoint.words.some((word) => text.toLowerCase().includes(word))
    const vector = alike ? [0.9, 0.1, 0.2] : [0.1, 0.9, -0.2]
    return endpoint.fault === 'other dimensions' ? [...vector, 0.5] : vector
  }
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
