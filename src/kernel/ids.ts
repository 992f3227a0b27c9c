import { customAlphabet } from 'nanoid'

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Makes an opaque record id: 16 characters of [0-9a-z], 82 bits. */
export const newId: () => string = customAlphabet(ALPHABET, 16)

/** Makes an unguessable key for a mailed link: 32 characters of [0-9a-z], 165 bits. */
export const newLinkKey: () => string = customAlphabet(ALPHABET, 32)
