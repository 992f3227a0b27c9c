import { readdirSync, readlinkSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, expect, test } from 'vitest'
import { formWithTable } from '../../../../src/platform/http/uploads-table.js'

const app = express().post('/', formWithTable(), (_req, res) => void res.sendStatus(204))
const server = app.listen(0, '127.0.0.1')
afterAll(() => server.close())

const OPEN = '/proc/self/fd'
const openTables = () =>
  readdirSync(OPEN).filter((fd) => {
    try {
      return /table-\w+\/table/.test(readlinkSync(`${OPEN}/${fd}`))
    } catch {
      return false
    }
  }).length

/** Sends the beginning of a table and goes away once it is on the disk. */
async function goAway(): Promise<void> {
  const { port } = server.address() as AddressInfo
  const headers = { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '5000000' }
  const sent = request({ host: '127.0.0.1', port, method: 'POST', headers }).on('error', () => {})
  sent.write(`--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${'a'.repeat(200_000)}`)
  await expect.poll(openTables).toBe(1)
  sent.destroy()
}

test.runIf(process.platform === 'linux')(
  'who goes away in the middle of a table leaves no open file behind',
  async () => {
    await goAway()
    await expect.poll(openTables).toBe(0)
  },
)
