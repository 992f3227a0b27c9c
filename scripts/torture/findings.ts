const KINDS = ['lost', 'torn', 'twice', 'index'] as const

export const HEADS = ['lost', 'torn', 'happened twice', 'wrong indexes']

/** How many of each kind; what is wrong begins with its kind. */
export const findingsRow = (problems: readonly string[]): string[] =>
  KINDS.map((kind) => String(problems.filter((problem) => problem.startsWith(`${kind}:`)).length))
