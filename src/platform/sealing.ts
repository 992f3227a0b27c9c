import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Keeps a text so that a copy of the database alone does not give it away. */
export interface Sealer {
  /** `about` says what it belongs to, an id say: moved to another place it cannot be opened. */
  seal(text: string, about: string): string
  /** @throws when it was sealed with another key or about something else, or was changed since. */
  open(sealed: string, about: string): string
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM under a key made of `secret`, which must be as hard to guess as 32 random bytes. */
export function createSealer(secret: string): Sealer {
  const bytes = createHash('sha256').update(secret).digest()
  return {
    seal: (text, about) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', bytes, nonce).setAAD(Buffer.from(about))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    open: (sealed, about) => {
      const all = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', bytes, all.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(about)).setAuthTag(all.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      return decipher.update(all.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
