import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { listen, type RunningServer } from '../../../../src/platform/http/server.js'

let running: RunningServer | undefined

afterEach(() => running?.drain())

/** A server whose answers wait until they are let go. */
async function waitingServer(graceMs?: number) {
  let letGo = () => {}
  let arrived = () => {}
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const server = await listen(
    (req, res) => {
      if (req.url !== '/wait') return void res.end('at once')
      letGo = () => void res.end('done')
      arrived()
    },
    { host: '127.0.0.1', port: 0, ...(graceMs !== undefined && { graceMs }) },
  )
  running = server
  return { server, arrival, letGo: () => letGo() }
}

const fetchText = (port: number, path: string, agent?: Agent) =>
  new Promise<string>((resolve, reject) => {
    get({ port, path, host: '127.0.0.1', ...(agent && { agent }) }, (res) => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (part) => {
        text += part
      })
      res.on('end', () => resolve(text))
    }).on('error', reject)
  })

const raw = (port: number, text: string) =>
  new Promise<string>((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8')
    socket.on('data', (part) => {
      answer += part
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })

describe('draining', () => {
  test('lets a running request finish and takes no new one', async () => {
    const { server, arrival, letGo } = await waitingServer()
    const answer = fetchText(server.port, '/wait')
    await arrival
    const drained = server.drain()
    await expect(fetchText(server.port, '/')).rejects.toThrow(/ECONNREFUSED/)
    letGo()
    expect(await answer).toBe('done')
    await drained
  })

  test('does not wait for connections that are merely kept open', async () => {
    const { server } = await waitingServer(60_000)
    const agent = new Agent({ keepAlive: true })
    await fetchText(server.port, '/', agent)
    await server.drain()
    agent.destroy()
  })

  test('cuts off what outlasts the grace time', async () => {
    const { server, arrival } = await waitingServer(20)
    const answer = fetchText(server.port, '/wait')
    answer.catch(() => undefined)
    await arrival
    await server.drain()
    await expect(answer).rejects.toThrow()
  })
})

describe('a request that is none', () => {
  test('is answered with 400', async () => {
    const { server } = await waitingServer()
    expect(await raw(server.port, 'NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 Bad Request/)
  })

  test('with headers above 64 KiB is answered with 431, below it is read', async () => {
    const { server } = await waitingServer()
    const withHeader = (size: number) =>
      `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Long: ${'x'.repeat(size)}\r\n\r\n`
    expect(await raw(server.port, withHeader(70_000))).toMatch(/^HTTP\/1.1 431 /)
    expect(await raw(server.port, withHeader(50_000))).toMatch(/^HTTP\/1.1 200 OK/)
  })
})

test('a port that is taken is an error', async () => {
  const { server } = await waitingServer()
  await expect(listen(() => undefined, { host: '127.0.0.1', port: server.port })).rejects.toThrow(/EADDRINUSE/)
})
