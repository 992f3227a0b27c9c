const KINDS = ['lost', 'torn', 'twice', 'index'] as const

/** How the database is broken: so often, under so many writers, by a seed that gives the same again. */
export interface TortureOptions {
  rounds: number
  writers: number
  seed: number
  onProgress: (line: string) => void
}

export const HEADS = ['lost', 'torn', 'happened twice', 'wrong indexes']

/** How many of each kind; what is wrong begins with its kind. */
export const findingsRow = (problems: readonly string[]): string[] =>
  KINDS.map((kind) => String(problems.filter((problem) => problem.startsWith(`${kind}:`)).length))
