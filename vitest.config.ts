import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two processes take the files one after another. Files share the loaded modules (a file of its own process spends five
    // seconds on loading them), so a module keeps no state outside what it makes, and a test puts back what it changes.
    pool: 'forks',
    maxWorkers: 2,
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
