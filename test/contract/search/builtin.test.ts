import { createBuiltinEngine } from '../../../src/platform/search/index.js'
import { describeSearchContract } from './contract.js'

describeSearchContract('the built-in engine', async () => createBuiltinEngine())
