/** The package brings no types. */
declare module 'email-providers' {
  /** Domains at which anybody may have a mailbox, in small letters. */
  const domains: readonly string[]
  export default domains
}
