/**
 * A mail that the server did not take. The library's own error quotes the receiver in message and stack and must not be
 * logged or stored; this one keeps the codes.
 */
export class MailError extends Error {
  override readonly name = 'MailError'

  constructor(
    readonly mailId: string,
    /** The library's, as `EENVELOPE`; null when it gave none. */
    readonly code: string | null,
    /** The SMTP server's reply code, as 550. */
    readonly responseCode: number | null,
  ) {
    super(`mail ${mailId} was not sent: ${[code ?? 'no code', responseCode ?? ''].join(' ').trim()}`)
  }

  /** What of `error`, thrown while the mail was sent, names nobody. */
  static from(mailId: string, error: unknown): MailError {
    const { code, responseCode } = Object(error) as { code?: unknown; responseCode?: unknown }
    return new MailError(
      mailId,
      typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : null,
      typeof responseCode === 'number' ? responseCode : null,
    )
  }

  /** The codes alone. */
  get codes(): string {
    return [this.code, this.responseCode].filter((each) => each !== null).join(' ')
  }
}
