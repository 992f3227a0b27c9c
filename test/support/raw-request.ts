import { connect } from 'node:net'

/** Sends bytes over a bare connection, for requests that no client library would make; resolves with all that comes back. */
export function sendRaw(url: string, request: string | Buffer): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request))
    const chunks: Buffer[] = []
    const done = () => {
      const text = Buffer.concat(chunks).toString('utf8')
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text })
    }
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('close', done)
    // A server that refuses early may reset the connection while the rest is still being sent.
    socket.on('error', (error) => (chunks.length > 0 ? done() : reject(error)))
  })
}
