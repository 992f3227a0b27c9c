import { describe, expect, test } from 'vitest'
import { mailForm } from '../../../../src/modules/claims/claims.schemas.js'
import { domainsOf, isPublicDomain, liesAt, mailDomain } from '../../../../src/modules/claims/domains.rules.js'

const contact = (value: string, visibility: 'public' | 'introduced' = 'public') => ({ value, visibility })
const firm = (website?: string, email?: string) => ({
  contacts: {
    ...(website && { website: contact(website) }),
    ...(email && { email: contact(email, 'introduced') }),
  },
})

describe("a firm's own domains", () => {
  test.each([
    ['its website, with or without www', firm('https://www.bokinh.vn/gioi-thieu'), ['bokinh.vn']],
    ['its mail address, shown or not', firm(undefined, 'lienhe@bokinh.vn'), ['bokinh.vn']],
    ['both, each once', firm('https://bokinh.vn', 'a@mail-bokinh.vn'), ['bokinh.vn', 'mail-bokinh.vn']],
    ['capitals and a dot at the end', firm('https://BoKinh.VN./'), ['bokinh.vn']],
    ['accents', firm('https://bờkinh.vn'), ['xn--bkinh-jy5b.vn']],
    ['no contacts', firm(), []],
    ['a free mailbox', firm(undefined, 'bokinh@gmail.com'), []],
    ['a page among others', firm('https://facebook.com/bokinh'), []],
    ["the park's own", firm('https://khu.vn', 'a@khu.vn'), []],
    ['a number in place of a name', firm('http://localhost/'), []],
  ])('%s', (_what, profile, expected) => {
    const [found] = [domainsOf(profile, ['khu.vn'])]
    if (expected.some((domain) => domain.startsWith('xn--'))) expect(found[0]).toMatch(/^xn--.*\.vn$/)
    else expect(found).toEqual(expected)
  })
})

describe('an address proves a firm', () => {
  test.each([
    ['ten@bokinh.vn', true],
    ['TEN@BOKINH.VN', true],
    ['ten+claim@bokinh.vn', true],
    ['ten@sub.bokinh.vn', false],
    ['ten@vn', false],
    ['ten@notbokinh.vn', false],
    ['ten@bokinh.vn.evil.com', false],
    ['bokinh.vn@gmail.com', false],
    ['"a@bokinh.vn"@evil.com', false],
    ['ten@bokinh.vn@evil.com', false],
    ['', false],
  ])('%s: %s', (address, expected) => {
    expect(liesAt(address, ['bokinh.vn'])).toBe(expected)
  })

  test('with letters that only look alike it does not', () => {
    // Cyrillic о.
    expect(liesAt('ten@b\u043ekinh.vn', ['bokinh.vn'])).toBe(false)
  })

  test('with accents in its domain it does, in whichever form they come', () => {
    const [domain = ''] = domainsOf(firm('https://bờkinh.vn'), [])
    const read = mailForm.parse({ email: 'Ten@bờkinh.vn' })
    expect(read.email).toBe(`ten@${domain}`)
    expect(liesAt(read.email, [domain])).toBe(true)
    expect(liesAt('ten@bơ\u0300kinh.vn', [domain])).toBe(true)
  })
})

test.each(['gmail.com', 'yahoo.com', 'outlook.com', 'icloud.com', 'hotmail.com', 'proton.me', 'facebook.com'])(
  'anybody may have a mailbox at %s',
  (domain) => {
    expect(isPublicDomain(mailDomain(`ai@${domain}`))).toBe(true)
  },
)
