import { startProduct } from './composition.js'
import { ConfigError, loadConfig } from './config.js'
import { ProductError } from './kernel/errors.js'
import { DatabaseStartError } from './platform/db/builtin/index.js'

/** Starts the product and stops it at the system's word, within 10 s. */

const STOP_WITHIN_MS = 9_500

try {
  const product = await startProduct(loadConfig(process.env))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)
  console.log(`Cầu Nối Số: ${product.url}`)

  function stop() {
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    product.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
} catch (error) {
  console.error(inOneLine(error) ?? error)
  process.exit(1)
}

/** What an operator can put right is told in one line; only the unexpected comes with its stack. */
function inOneLine(error: unknown): string | null {
  if (error instanceof ConfigError || error instanceof DatabaseStartError || error instanceof ProductError) {
    return error.message
  }
  const { code, port } = error as { code?: string; port?: number }
  return code === 'EADDRINUSE' ? `PORT ${port} is taken by another program` : null
}
