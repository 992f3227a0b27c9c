import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { wakeWritersOfClosedSockets } from '../../../../src/platform/db/closed-sockets.js'

it('whoever waits for a socket to take a large write hears that it has been closed', async () => {
  wakeWritersOfClosedSockets()
  const server = createServer((connection) => connection.pause().on('error', () => {}))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = createConnection((server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  expect(socket.write(Buffer.alloc(64_000_000))).toBe(false)
  // As the driver waits: `once` rejects on an error.
  const taken = once(socket, 'drain')
  socket.destroy()
  await expect(taken).rejects.toMatchObject({ code: 'EPIPE' })
  server.close()
})
