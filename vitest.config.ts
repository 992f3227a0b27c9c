import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/file-order.js'

// `npm test` builds first: then tests load what a user runs, which also starts its own processes from the built files.
const dist = fileURLToPath(new URL('dist', import.meta.url))
const built = { find: /^(?:\.\.\/)+(src|scripts)\/(.*\.js)$/, replacement: `${dist}/$1/$2` }

export default defineConfig({
  resolve: { alias: process.env.TEST_BUILT ? [built] : [] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/run-folder.ts',
    // Three processes take the files one after another: much of a test is waiting for browsers, mail and other processes. Files share the loaded modules (a file of its own process spends five
    // seconds on loading them), so a module keeps no state outside what it makes, and a test puts back what it changes.
    pool: 'forks',
    maxWorkers: 3,
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // A visit of thirty pages in a browser takes that long while other files are tested beside it.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    server: { deps: { external: [/\/dist\//] } },
  },
})
