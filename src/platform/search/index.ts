/** Search: the port, the engine inside the process, and what texts are compared and shown by. */
export { fold } from './analyser/fold.js'
export { type Token, tokenise } from './analyser/tokenise.js'
export { createBuiltinEngine } from './builtin/engine.js'
export { type DetectedConcept, type Detection, detectConcepts } from './concepts.js'
export { findSpans } from './highlight.js'
export { type CompiledLexicon, compileLexicon } from './lexicon/compile.js'
export * from './port.js'
export { bestSnippet, type Snippet } from './snippet.js'
