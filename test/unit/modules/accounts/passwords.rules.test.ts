import { describe, expect, it } from 'vitest'
import { commonPasswords } from '../../../../src/modules/accounts/passwords/common-passwords.js'
import { passwordProblem } from '../../../../src/modules/accounts/passwords/passwords.rules.js'

const own = ['Nguyễn Thị Bảy', 'bay.nguyen@htx-tancuong.example']
const judge = async (password: string) =>
  passwordProblem(password, { own, isCommon: await commonPasswords() })?.code ?? null

describe('a new password', () => {
  it.each([
    ['chín chữ!', 'shortPassword'],
    ['x'.repeat(201), 'tooLong'],
    ['1234567890', 'commonPassword'],
    ['QwertyUiop', 'commonPassword'],
    ['aaaaaaaaaaaaaaaa', 'commonPassword'],
    ['NguyenThiBay', 'ownPassword'],
    ['nguyễn-thị-bảy-1990', 'ownPassword'],
    ['bay.nguyen@htx-tancuong.example', 'ownPassword'],
    ['tancuong2026', 'ownPassword'],
    ['caunoiso2026', 'ownPassword'],
    ['Cầu Nối Số!!', 'ownPassword'],
  ])('%s is refused: %s', async (password, code) => {
    expect(await judge(password)).toBe(code)
  })

  it.each([
    'con thuyền trên sông',
    'mười ký tự',
    'Bảy trồng khóm ở Cầu Đúc',
    'correct horse battery staple',
    'x7 q9 w3 e5',
  ])('%s will do, whatever characters it has', async (password) => {
    expect(await judge(password)).toBeNull()
  })

  it('counts a letter with its marks as one, however it was typed', async () => {
    expect(await judge(`${'ệ'.normalize('NFD').repeat(3)}abcdef`)).toBe('shortPassword')
  })
})
