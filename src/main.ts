import { startProduct } from './composition.js'
import { ConfigError, loadConfig } from './config.js'

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
  // A wrong setting or an unusable data folder is told in one line; only the unexpected comes with its stack.
  console.error(error instanceof ConfigError || isPlain(error) ? (error as Error).message : error)
  process.exit(1)
}

function isPlain(error: unknown): boolean {
  return error instanceof Error && 'plain' in error && error.plain === true
}
