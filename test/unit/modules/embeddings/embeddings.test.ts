import { describe, expect, it } from 'vitest'
import { type Embed, EndpointFailed, embeddingEndpoint } from '../../../../src/modules/embeddings/endpoint.js'
import { rested } from '../../../../src/modules/embeddings/rested.js'
import { LONGEST_SENT, toBeSent } from '../../../../src/modules/embeddings/sent-text.rules.js'
import { cosine, inBytes, standingOut } from '../../../../src/modules/embeddings/vector.rules.js'
import { startEmbeddingEndpoint } from '../../../support/embedding-endpoint.js'

describe('what is sent of a text', () => {
  it.each([
    ['gọi tui 0912 345 678 nghen', 'gọi tui nghen'],
    ['gọi +84.912.345.678, hay (0293) 3-876-543', 'gọi , hay ('],
    ['thư về chi.bay@hop-tac-xa.example nhé', 'thư về nhé'],
    ['mã số thuế 1800123456-001', 'mã số thuế'],
  ])('holds no address and no long number: %s', (text, sent) => {
    expect(toBeSent(text)).toBe(sent)
  })

  it('keeps what a need is about', () => {
    const need = 'Tầm 50-70 triệu, 320 ha, xong trước 8/3, 24/24, ba nhà mỗi cái 1.000 m2'
    expect(toBeSent(need)).toBe(need)
  })

  it('is cut where it is too long', () => {
    expect(toBeSent('chữ '.repeat(5000))).toHaveLength(LONGEST_SENT)
  })
})

describe('vectors', () => {
  it('keep their direction in a byte a dimension', () => {
    const [a, b] = [Float32Array.of(0.02, -0.5, 0.31, 0.07), Float32Array.of(0.4, 0.1, 0.3, -0.2)]
    const exact = -0.5 * 0.1 + 0.02 * 0.4 + 0.31 * 0.3 - 0.07 * 0.2
    const lengths = Math.hypot(...a) * Math.hypot(...b)
    expect(cosine(inBytes(a), inBytes(b))).toBeCloseTo(exact / lengths, 1)
    expect(cosine(inBytes(a), inBytes(a))).toBeCloseTo(1, 6)
  })

  it('are unlike where one says nothing, and where they have other dimensions', () => {
    expect(cosine(inBytes(Float32Array.of(0, 0)), inBytes(Float32Array.of(1, 1)))).toBe(0)
    expect(cosine(inBytes(Float32Array.of(1, 1)), inBytes(Float32Array.of(1, 1, 1)))).toBe(0)
  })

  it('count by how far they stand out', () => {
    const out = standingOut(new Map(Object.entries({ near: 0.8, usual: 0.7, far: 0.6 })))
    expect([...out.values()].map((value) => Math.round(value * 1000) / 1000)).toEqual([1, 0, 0])
    expect([...standingOut(new Map([['only', 0.9]])).values()]).toEqual([0])
    expect(standingOut(new Map()).size).toBe(0)
  })
})

describe('an endpoint', () => {
  it('tells lateness, refusal and all else apart', async () => {
    const endpoint = await startEmbeddingEndpoint()
    const embed = embeddingEndpoint({ url: endpoint.url, model: 'small-model', key: undefined })
    const reasonFor = (text: string, timeoutMs: number) =>
      embed([text], timeoutMs).catch((error: EndpointFailed) => error.reason)
    endpoint.refuses = 'too long'
    expect(await reasonFor('too long', 5_000)).toBe('refused')
    endpoint.fault = 'broken down'
    expect(await reasonFor('text', 5_000)).toBe('broken')
    endpoint.fault = 'hangs'
    expect(await reasonFor('text', 20)).toBe('late')
    await endpoint.close()
  })
})

describe('an endpoint that fails', () => {
  const setUp = () => {
    const state = { now: 0, fails: true as boolean | 'refuses', calls: 0, told: [] as boolean[] }
    const embed: Embed = async () => {
      state.calls++
      if (state.fails) throw new EndpointFailed('broken', state.fails === 'refuses' ? 'refused' : 'broken')
      return [Float32Array.of(1)]
    }
    const asked = rested(embed, { now: () => state.now, onChange: (well) => state.told.push(well) })
    return { state, ask: () => asked(['text'], 100).catch((error: Error) => error.message) }
  }

  it('is left alone after three failures, then tried with one question, and told of once', async () => {
    const { state, ask } = setUp()
    for (let i = 0; i < 5; i++) await ask()
    expect(state.calls).toBe(3)
    expect(await ask()).toBe('it rests after failures')
    state.now = 30_000
    await Promise.all([ask(), ask(), ask()])
    expect(state.calls).toBe(4)
    state.now = 60_000
    state.fails = false
    expect(await ask()).toEqual([Float32Array.of(1)])
    await ask()
    expect(state.calls).toBe(6)
    expect(state.told).toEqual([false, true])
  })

  it('is not left alone for texts that it will not take', async () => {
    const { state, ask } = setUp()
    state.fails = 'refuses'
    for (let i = 0; i < 5; i++) await ask()
    expect(state.calls).toBe(5)
    expect(state.told).toEqual([])
  })
})
