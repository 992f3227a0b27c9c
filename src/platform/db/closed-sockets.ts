import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

let watching = false

/**
 * The driver waits until a socket has taken what it writes, and hears of errors meanwhile, but not that the socket has been closed: a large write
 * under way when the database dies would wait for ever (`Connection.writeCommand`, mongodb 7.8). Here whoever waits so is told by
 * an error, which the driver answers by sending the write again.
 */
export function wakeWritersOfClosedSockets(): void {
  if (watching) return
  watching = true
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket }
    socket.once('close', () => {
      if (socket.listenerCount('drain') === 0 || socket.listenerCount('error') === 0) return
      socket.emit('error', Object.assign(new Error('the socket was closed while it was written to'), { code: 'EPIPE' }))
    })
  })
}
