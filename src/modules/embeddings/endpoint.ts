import { z } from 'zod'

/** An OpenAI-compatible endpoint that makes vectors of texts. */
export interface EndpointSettings {
  /** What `/embeddings` is added to. */
  url: string
  model: string
  key: string | undefined
}

/** `refused`: it would not take these texts, and another time will be no better; `late`: it did not answer in time. */
export type FailureReason = 'refused' | 'late' | 'broken'

/** The endpoint did not answer in time, or not with a vector for each text. */
export class EndpointFailed extends Error {
  override readonly name = 'EndpointFailed'
  constructor(
    message: string,
    readonly reason: FailureReason,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * One vector for each text, in their order, all of the same number of dimensions.
 * @throws {EndpointFailed}
 */
export type Embed = (texts: readonly string[], timeoutMs: number, stop?: AbortSignal) => Promise<Float32Array[]>

const answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
})

/** What an endpoint says of a text that it cannot take, such as one that is too long; anything else may pass. */
const REFUSALS: readonly number[] = [400, 413, 422]

export function embeddingEndpoint({ url, model, key }: EndpointSettings): Embed {
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) }
  return async (texts, timeoutMs, stop) => {
    const body = JSON.stringify({ model, input: texts, encoding_format: 'float' })
    const late = AbortSignal.timeout(timeoutMs)
    const signal = stop ? AbortSignal.any([late, stop]) : late
    // Texts go where the operator sends them and nowhere else.
    const sent = { method: 'POST', headers, body, signal, redirect: 'error' } as const
    try {
      const response = await fetch(`${url}/embeddings`, sent)
      if (!response.ok) throw await refusal(response)
      return vectors(answer.parse(await response.json()), texts.length)
    } catch (cause) {
      if (cause instanceof EndpointFailed) throw cause
      if (late.aborted) throw new EndpointFailed(`no answer within ${timeoutMs} ms`, 'late', { cause })
      throw new EndpointFailed('no usable answer', 'broken', { cause })
    }
  }
}

async function refusal(response: Response): Promise<EndpointFailed> {
  // Read to its end and thrown away: what it says of a text may repeat the text, which no log is to hold.
  await response.arrayBuffer()
  return new EndpointFailed(`it answered ${response.status}`, REFUSALS.includes(response.status) ? 'refused' : 'broken')
}

function vectors({ data }: z.output<typeof answer>, count: number): Float32Array[] {
  const inOrder = data.sort((a, b) => a.index - b.index).map(({ embedding }) => Float32Array.from(embedding))
  const dimensions = inOrder[0]?.length
  if (inOrder.length !== count || data.some(({ index }, at) => index !== at))
    throw new EndpointFailed(`${inOrder.length} vectors for ${count} texts`, 'broken')
  if (inOrder.some((vector) => vector.length !== dimensions))
    throw new EndpointFailed('vectors of different dimensions', 'broken')
  return inOrder
}
