/** What was found is not what the test expects. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
}

/** The test asks for something that this server, this driver or this runner does not have: it is skipped, and says why. */
export class NotRunnable extends Error {
  override readonly name = 'NotRunnable'
}
