import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a link ends: one watch, or all that the person watches whose watch it is. */
export type Stop = { kind: 'one' | 'all'; id: string }

/** Makes and reads the tokens of links that end mails. A token names its one thing and opens nothing else. */
export interface StopTokens {
  make(stop: Stop): string
  /** Null for one that was not made here, or was changed. */
  read(token: string): Stop | null
}

const LETTERS = { one: 'w', all: 'a' } as const
// 32 hexadecimal digits, 128 bits, look like any other key of a link to whatever hides those.
const MAC_DIGITS = 32
const TOKEN = /^([wa])-([0-9a-z]{1,40})-([0-9a-f]{32})$/

export function stopTokens(secret: string): StopTokens {
  const sign = (letter: string, id: string) =>
    createHmac('sha256', secret).update(`stop ${letter} ${id}`).digest('hex').slice(0, MAC_DIGITS)
  return {
    make: ({ kind, id }) => `${LETTERS[kind]}-${id}-${sign(LETTERS[kind], id)}`,
    read: (token) => {
      const [, letter = '', id = '', mac = ''] = TOKEN.exec(token) ?? []
      if (!letter || !timingSafeEqual(Buffer.from(mac), Buffer.from(sign(letter, id)))) return null
      return { kind: letter === LETTERS.one ? 'one' : 'all', id }
    },
  }
}
