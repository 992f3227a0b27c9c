/** Goes up with every change of the forms that words are compared in: what an engine kept of another version it makes anew. */
export const ANALYSER_VERSION = 2
