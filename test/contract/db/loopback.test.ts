import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loopbackUri, noteAddress } from '../../../src/platform/db/builtin/address.js'
import { runningBuiltinDatabase, startBuiltinDatabase } from '../../../src/platform/db/builtin/index.js'
import { startServer } from '../../../src/platform/db/builtin/server.js'

describe('the built-in database where there can be no socket', () => {
  let folder: string
  let told: string[]
  const log = (message: string) => void told.push(message)
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'db-'))
    told = []
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  async function at<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 20_000 })
    try {
      return await use(client)
    } finally {
      await client.close()
    }
  }
  const add = (uri: string) => at(uri, (client) => client.db().collection('items').insertOne({}))
  const count = (uri: string) => at(uri, (client) => client.db().collection('items').countDocuments())

  it('listens on the loopback interface, to those alone who know the password', async () => {
    // A folder stands where the socket should be.
    const socket = join(folder, 'db.sock')
    mkdirSync(join(socket, 'full'), { recursive: true })
    const server = await startServer({ dataDir: folder, socket, loopback: { port: 0, password: 'cua-Dinh' }, log })
    const port = server.port ?? 0
    expect(told).toEqual([expect.stringContaining('a port takes its place')])
    await add(loopbackUri(port, 'cua-Dinh'))
    await expect(add(loopbackUri(port, 'cua-Dinh-'))).rejects.toMatchObject({ code: 18 })
    await at(`mongodb://127.0.0.1:${port}/?directConnection=true`, async (stranger) => {
      expect(await stranger.db().command({ ping: 1 })).toMatchObject({ ok: 1 })
      for (const command of [{ find: 'items' }, { serverStatus: 1 }, { dropDatabase: 1 }, { unheardOf: 1 }]) {
        await expect(stranger.db().command(command)).rejects.toMatchObject({ code: 13, codeName: 'Unauthorized' })
      }
    })
    expect(await count(loopbackUri(port, 'cua-Dinh'))).toBe(1)
    await server.close()
  })

  it('takes no proof that was given to another question', async () => {
    const server = await startServer({
      dataDir: folder,
      socket: null,
      loopback: { port: 0, password: 'cua-Dinh' },
      log,
    })
    await at(`mongodb://127.0.0.1:${server.port}/?directConnection=true&maxPoolSize=1`, async (stranger) => {
      const admin = stranger.db('admin')
      const forged = Buffer.from('c=biws,r=abc,p=AAAA')
      const start = { saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: Buffer.from('n,,n=builtin,r=abc') }
      for (const payload of [forged, Buffer.from(''), 'text']) {
        await admin.command(start)
        await expect(admin.command({ saslContinue: 1, conversationId: 1, payload })).rejects.toMatchObject({ code: 18 })
      }
      await expect(admin.command({ saslContinue: 1, conversationId: 1, payload: forged })).rejects.toMatchObject({
        code: 18,
      })
      await expect(admin.command({ ...start, mechanism: 'PLAIN' })).rejects.toMatchObject({ code: 18 })
      await expect(admin.command({ find: 'items' })).rejects.toMatchObject({ code: 13 })
    })
    await server.close()
  })

  it('has no stranger set failures or send much', async () => {
    const loopback = { port: 0, password: 'cua-Dinh' }
    const server = await startServer({ dataDir: folder, socket: null, loopback, log, testCommands: true })
    const failing = {
      configureFailPoint: 'failCommand',
      mode: 'alwaysOn',
      data: { failCommands: ['ping'], errorCode: 8 },
    }
    await at(`mongodb://127.0.0.1:${server.port}/?directConnection=true`, async (stranger) => {
      await expect(stranger.db('admin').command(failing)).rejects.toMatchObject({ code: 13 })
      expect(await stranger.db().command({ ping: 1 })).toMatchObject({ ok: 1 })
    })
    const connection = connect(server.port ?? 0, '127.0.0.1')
    const head = Buffer.alloc(4)
    head.writeInt32LE(64 * 1024 + 1)
    connection.write(head)
    await once(connection, 'close')
    await at(loopbackUri(server.port ?? 0, 'cua-Dinh'), async (client) => {
      await client
        .db()
        .collection<{ text: string }>('items')
        .insertOne({ text: 'x'.repeat(100_000) })
      expect(await client.db('admin').command(failing)).toMatchObject({ ok: 1 })
      await expect(client.db().command({ ping: 1 })).rejects.toMatchObject({ code: 8 })
    })
    await server.close()
  })

  it('is not taken for running by the address that a killed one left', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const address = join(folder, 'database.address')
    const leave = () => noteAddress(folder, loopbackUri(port, 'cua-Dinh'))
    leave()
    const server = await startServer({ dataDir: folder, socket: null, log })
    expect([existsSync(address), await runningBuiltinDatabase(folder)]).toEqual([false, null])
    await server.close()
    leave()
    expect([await runningBuiltinDatabase(folder), existsSync(address)]).toEqual([null, false])
    other.close()
  })

  it('is found there by commands beside it, stays there when its process dies, and tells the password to nobody', async () => {
    // Other users may look into the directory that the socket would be in.
    mkdirSync(join(folder, 'run'), { mode: 0o755 })
    const database = await startBuiltinDatabase({ dataDir: folder, log })
    expect(told).toEqual([expect.stringContaining('is open to other users')])
    const { password } = new URL(database.uri)
    expect(password).toHaveLength(32)
    expect(await runningBuiltinDatabase(folder)).toBe(database.uri)
    expect(statSync(join(folder, 'database.address')).mode & 0o777).toBe(0o600)
    await add(database.uri)
    process.kill(database.pid, 'SIGKILL')
    rmSync(join(folder, 'database.address'))
    await add(database.uri)
    await expect.poll(() => runningBuiltinDatabase(folder)).toBe(database.uri)
    expect(await count(database.uri)).toBe(2)
    await database.close()
    expect(existsSync(join(folder, 'database.address'))).toBe(false)
    expect(told.join('\n')).not.toContain(password)
  })
})
