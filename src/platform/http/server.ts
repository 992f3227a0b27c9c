import { createServer, type RequestListener, STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface RunningServer {
  /** The port it listens on, chosen by the system when 0 was asked for. */
  port: number
  /**
   * Takes no new connection, lets running requests finish and resolves when all are gone; what is not done after the
   * grace time is cut off.
   */
  drain(): Promise<void>
}

export interface ListenOptions {
  host: string
  port: number
  /** Time for running requests at the end, in ms; with 7 s by default a drain stays below 8 s. */
  graceMs?: number
}

/** Headers up to this size, since a search carries a person's words in its address. */
const MAX_HEADER_BYTES = 64 * 1024

/** Time for a whole request, in ms: a photo on a slow mobile network; the headers alone have 30 s. */
const BODY_MS = 120_000

export async function listen(
  app: RequestListener,
  { host, port, graceMs = 7000 }: ListenOptions,
): Promise<RunningServer> {
  let draining = false
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: 30_000, requestTimeout: BODY_MS },
    (req, res) => {
      if (draining) res.setHeader('Connection', 'close')
      app(req, res)
    },
  )
  server.on('clientError', answerClientError)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    drain: () =>
      new Promise((resolve) => {
        draining = true
        const cutOff = setTimeout(() => server.closeAllConnections(), graceMs)
        server.close(() => {
          clearTimeout(cutOff)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

const CLIENT_ERRORS: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** A request that never became one is answered on the bare socket. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = CLIENT_ERRORS[error.code ?? ''] ?? 400
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
