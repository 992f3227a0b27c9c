import type { ChangeStream } from 'mongodb'

/** What the driver keeps to itself. */
interface Innards {
  cursor: { cursorInit(): Promise<void> }
}

/** The driver asks the server when it is first read from; the tests want it to have asked. */
export async function opened(stream: ChangeStream): Promise<ChangeStream> {
  await (stream as unknown as Innards).cursor.cursorInit()
  return stream
}
