import { expect, it } from 'vitest'
import { createPasswords } from '../../../../src/modules/accounts/passwords/passwords.js'

it('passwords are looked at one at a time; beyond the queue they are refused at once, and it empties again', async () => {
  const passwords = createPasswords({ longestQueue: 3 })
  const stored = await passwords.hash('con thuyền trên sông Hậu')
  const tries = Array.from({ length: 8 }, () => passwords.verify(stored, 'con thuyền trên sông Hậu'))
  const ended = await Promise.allSettled(tries)
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  for (const one of ended)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'unavailable', status: 503 })
  expect(await passwords.verify(stored, 'con thuyền trên sông Hậu')).toBe(true)
  expect(await passwords.verify(null, 'con thuyền trên sông Hậu')).toBe(false)
})

it('the same letters typed in two ways are one password', async () => {
  const passwords = createPasswords()
  const stored = await passwords.hash('cà phê sữa đá'.normalize('NFD'))
  expect(await passwords.verify(stored, 'cà phê sữa đá'.normalize('NFC'))).toBe(true)
})
