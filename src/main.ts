import { type RunningProduct, startProduct } from './composition.js'
import { ConfigError, loadConfig } from './config.js'
import { demonstrationLines } from './demonstration-lines.js'
import { ProductError } from './kernel/errors.js'
import { DatabaseStartError } from './platform/db/builtin/index.js'

/** Starts the product and stops it at the system's word, within 10 s. */

const STOP_WITHIN_MS = 9_500

let product: RunningProduct | undefined
let stopping = false

// Ctrl-C may come twice: from the terminal, and handed on by npm.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    void stop()
  })
}

try {
  product = await startProduct(loadConfig(process.env))
  console.log([...demonstrationLines(product.demonstrationSignIns), `Cầu Nối Số: ${product.url}`].join('\n'))
} catch (error) {
  if (!stopping) {
    console.error(inOneLine(error) ?? error)
    process.exit(1)
  }
}

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
  try {
    // While it is still starting nobody has been answered; what is written is safe, and the database ends by itself.
    await product?.stop()
    process.exit(0)
  } catch (error) {
    console.error(error)
    process.exit(1)
  }
}

/** What an operator can put right is told in one line; only the unexpected comes with its stack. */
function inOneLine(error: unknown): string | null {
  if (error instanceof ConfigError || error instanceof DatabaseStartError || error instanceof ProductError) {
    return error.message
  }
  const { code, port } = error as { code?: string; port?: number }
  return code === 'EADDRINUSE' ? `PORT ${port} is taken by another program` : null
}
