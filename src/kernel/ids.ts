import { customAlphabet } from 'nanoid'

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Makes an opaque record id: 16 characters of [0-9a-z], 82 bits. */
export const newId: () => string = customAlphabet(ALPHABET, 16)

/** Makes an unguessable key for a mailed link: 32 characters of [0-9a-z], 165 bits. */
export const newLinkKey: () => string = customAlphabet(ALPHABET, 32)

/**
 * A text without the keys of its links. Whoever reads a key in his mailbox proves that the mailbox is his; read anywhere
 * else, by whom the mail was asked for say, it would prove nothing.
 */
export const withoutKeys = (text: string): string => text.replace(/(?<![0-9a-z])[0-9a-z]{32}(?![0-9a-z])/g, '…')
