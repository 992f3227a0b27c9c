import { LocalEngine } from '../../../src/platform/search/builtin/local-engine.js'
import { describeSearchContract } from './contract.js'

// In the thread of the tests, where a new engine for each of them costs nothing; test/contract/search/thread.test.ts asks the
// thread in which the product has it.
describeSearchContract('the built-in engine', async () => new LocalEngine())
