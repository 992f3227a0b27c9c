import { pino } from 'pino'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../../../src/platform/db/connection.js'
import { createMailIndexes, type MailKind, mailModel } from '../../../src/platform/mail/mail.model.js'
import { LEASE_MS, outboxRepository } from '../../../src/platform/mail/outbox.repository.js'
import { type MailSender, startMailSender } from '../../../src/platform/mail/sender.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { freePort } from '../../support/free-port.js'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await createMailIndexes(database.db)
})
afterAll(() => database.close())

let now = new Date('2026-11-24T08:00:00Z')
const outbox = () => outboxRepository(database.db, () => now)
const mail = (subject: string, to = 'chi.tu@htx.example', kind: MailKind = 'posting') => ({
  ...{ parkId: 'p', personId: subject, to, subject, kind },
  text: 'Đã nhận nhu cầu của chị.\nhttps://cau.example/my-need/abc',
})
const enqueue = (subject: string, to?: string, kind?: MailKind) =>
  inTransaction(database.db, (session) => outbox().enqueue(mail(subject, to, kind), session))
const stored = (subject: string) => mailModel(database.db).findOne({ subject }).lean()

let sender: MailSender | undefined
let server: SMTPServer | undefined
afterEach(async () => {
  await sender?.stop()
  server?.close()
})

/** A mail server of the test's own that takes what it is sent, or refuses each receiver by name. */
async function startServer(port: number, received: string[], { refuse = false } = {}): Promise<void> {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      done(refuse ? Object.assign(new Error(`no such box: ${address}`), { responseCode: 550 }) : undefined)
    },
    onData(stream, _session, done) {
      let message = ''
      stream.on('data', (chunk: Buffer) => {
        message += chunk.toString()
      })
      stream.on('end', () => {
        received.push(message)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve))
}

describe('mail', () => {
  test('a mail put into the outbox reaches the mail server once, readable', async () => {
    const port = await freePort()
    const received: string[] = []
    await startServer(port, received)
    await enqueue('Thư một')
    sender = startMailSender(outbox(), {
      smtpUrl: `smtp://127.0.0.1:${port}`,
      from: () => 'Cầu <cau@park.example>',
      onError: () => {},
    })
    await sender.sendDue()
    await sender.sendDue()
    expect(received).toHaveLength(1)
    expect(received[0]).toMatch(/^To: chi\.tu@htx\.example$/m)
    expect(received[0]).toMatch(/^Subject: =\?UTF-8\?/m)
    expect((await stored('Thư một'))?.sentAt).toEqual(now)
  })

  test('a mail that can be ended says how, for the button of mail programs; any other says nothing of it', async () => {
    const port = await freePort()
    const received: string[] = []
    await startServer(port, received)
    const unsubscribe = 'https://cau.example/alerts/stop/p-0123456789abcdef-0123456789abcdef0123456789abcdef'
    const one = { ...mail('Tin mới', 'anh.nam@htx.example'), unsubscribe }
    await inTransaction(database.db, (session) => outbox().enqueue(one, session))
    await enqueue('Thư thường', 'anh.sau@htx.example')
    sender = startMailSender(outbox(), {
      ...{ smtpUrl: `smtp://127.0.0.1:${port}`, from: () => 'cau@park.example', onError: () => {} },
    })
    await sender.sendDue()
    const heads = received.map((message) => message.slice(0, message.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' '))
    const [withIt, without] = ['anh.nam', 'anh.sau'].map((name) => heads.find((head) => head.includes(name)))
    expect(withIt).toContain(`List-Unsubscribe: <${unsubscribe}>`)
    expect(withIt).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(without).not.toContain('List-Unsubscribe')
  })

  test('while the mail server is away nothing is lost, and it is sent when it is back', async () => {
    const port = await freePort()
    const errors: unknown[] = []
    await enqueue('Thư hai')
    sender = startMailSender(outbox(), {
      smtpUrl: `smtp://127.0.0.1:${port}`,
      from: () => 'cau@park.example',
      onError: (e) => errors.push(e),
    })
    await sender.sendDue()
    const waiting = await stored('Thư hai')
    expect(waiting).toMatchObject({ sentAt: null, attempts: 1 })
    expect(waiting?.lastError).toBe('ESOCKET')
    expect(errors.length).toBeGreaterThan(0)
    const received: string[] = []
    await startServer(port, received)
    now = new Date((waiting?.dueAt.getTime() ?? 0) + 1)
    await sender.sendDue()
    expect(received).toHaveLength(1)
    expect((await stored('Thư hai'))?.sentAt).toEqual(now)
  })

  test('of two instances one sends a mail', async () => {
    const port = await freePort()
    const received: string[] = []
    await startServer(port, received)
    for (let i = 0; i < 25; i++) await enqueue(`Lô ${i}`, `chi.${i}@htx.example`)
    const settings = { smtpUrl: `smtp://127.0.0.1:${port}`, from: () => 'cau@park.example', onError: () => {} }
    const senders = [startMailSender(outbox(), settings), startMailSender(outbox(), settings)]
    await Promise.all(senders.map((each) => each.sendDue()))
    await Promise.all(senders.map((each) => each.stop()))
    const ids = received.map((message) => /^Message-ID: (.*)$/m.exec(message)?.[1])
    expect([ids.length, new Set(ids).size]).toEqual([25, 25])
  })

  test('a mail whose try was cut off is due again when its lease ends', async () => {
    await enqueue('Thư bỏ dở')
    expect((await outbox().claim())?.subject).toBe('Thư bỏ dở')
    expect(await outbox().claim()).toBeNull()
    now = new Date(now.getTime() + LEASE_MS)
    const again = await outbox().claim()
    expect(again).toMatchObject({ subject: 'Thư bỏ dở', attempts: 2 })
    await outbox().markSent(again?._id ?? '')
  })

  test('a mail that is refused is given up after ten tries, and neither log nor database names its receiver', async () => {
    const port = await freePort()
    await startServer(port, [], { refuse: true })
    await enqueue('Thư năm')
    const told: string[] = []
    const log = pino({ base: null }, { write: (line: string) => told.push(line) })
    sender = startMailSender(outbox(), {
      smtpUrl: `smtp://127.0.0.1:${port}`,
      from: () => 'cau@park.example',
      onError: (error) => log.error({ err: error }, 'a mail could not be sent'),
    })
    for (let tries = 1; tries <= 11; tries++) {
      await sender.sendDue()
      now = new Date(now.getTime() + 24 * 60 * 60_000)
    }
    expect(told).toHaveLength(10)
    expect(told[0]).toMatch(/"responseCode":550/)
    expect(told.join()).not.toMatch(/chi\.tu|htx\.example|no such box/)
    const given = await stored('Thư năm')
    expect(given).toMatchObject({ sentAt: null, attempts: 10, lastError: 'EENVELOPE 550' })
    expect(given?.failedAt).toBeInstanceOf(Date)
  })

  test('without a mail server mails are kept, marked as dealt with', async () => {
    await enqueue('Thư ba')
    sender = startMailSender(outbox(), { smtpUrl: undefined, from: () => 'cau@park.example', onError: () => {} })
    await sender.sendDue()
    expect((await stored('Thư ba'))?.sentAt).toEqual(now)
  })

  test('one address gets five mails of a kind a day, and more the next day', async () => {
    const to = 'nguoi-khac@htx.example'
    const taken: boolean[] = []
    for (let i = 1; i <= 6; i++) taken.push(await enqueue(`Thư ${i} trong ngày`, to))
    expect(taken).toEqual([true, true, true, true, true, false])
    expect(await stored('Thư 6 trong ngày')).toBeNull()
    expect(await enqueue('Thư đặt lại mật khẩu', to, 'reset'), 'another kind').toBe(true)
    expect(await enqueue('Tin về nhu cầu', to, 'event'), 'news').toBe(true)
    expect(await enqueue('Gửi nơi khác', 'cho-khac@htx.example')).toBe(true)
    now = new Date(now.getTime() + 24 * 60 * 60_000)
    expect(await enqueue('Hôm sau', to)).toBe(true)
  })

  test('a mail of a transaction that fails is not sent', async () => {
    const failing = inTransaction(database.db, async (session) => {
      await outbox().enqueue(mail('Thư bốn'), session)
      throw new Error('the need could not be stored')
    })
    await expect(failing).rejects.toThrow('could not be stored')
    expect(await stored('Thư bốn')).toBeNull()
  })
})
