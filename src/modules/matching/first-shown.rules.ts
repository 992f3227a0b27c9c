/**
 * The first `limit` of a ranking, in its order, where those that do what is asked for have precedence: one that does it but breaks a must
 * ranks below near ones, and would be counted without ever being shown.
 */
export function firstShown<T>(ranked: readonly T[], does: (one: T) => boolean, limit: number): readonly T[] {
  const doing = ranked.filter(does)
  const near = ranked.filter((one) => !does(one)).slice(0, Math.max(0, limit - doing.length))
  const chosen = new Set([...doing.slice(0, limit), ...near])
  return ranked.filter((one) => chosen.has(one))
}
