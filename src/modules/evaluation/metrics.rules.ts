/** Grades of the documents judged for one query; what is not judged counts as 0, and so does a negative grade. */
export type Judgements = ReadonlyMap<string, number>

/** What a grade above 0 is worth. */
export type Gain = (grade: number) => number

const asGraded: Gain = (grade) => grade

/** A grade's worth doubles with each step: one firm to name first outweighs two that would do (Burges et al., 2005). */
export const exponentialGain: Gain = (grade) => 2 ** grade - 1

const isAboveZero = (grade: number) => grade > 0

const gradeOf = (judged: Judgements, id: string) => Math.max(0, judged.get(id) ?? 0)

/**
 * Normalised discounted cumulative gain of the first `k`, 0 to 1: the gain is the grade itself unless said otherwise, and
 * log2(rank + 1) the discount, as in trec_eval's ndcg_cut (Järvelin and Kekäläinen, 2002). 0 when nothing is relevant.
 */
export function ndcg(ranking: readonly string[], judged: Judgements, k: number, gainOf = asGraded): number {
  const gain = (grades: readonly number[]) =>
    grades.slice(0, k).reduce((sum, grade, i) => sum + (grade > 0 ? gainOf(grade) : 0) / Math.log2(i + 2), 0)
  const ideal = gain([...judged.values()].filter(isAboveZero).sort((a, b) => b - a))
  return ideal === 0 ? 0 : gain(ranking.map((id) => gradeOf(judged, id))) / ideal
}

/** One over the rank of the first relevant document among the first `k`; 0 when there is none. */
export function reciprocalRank(ranking: readonly string[], judged: Judgements, k: number): number {
  const at = ranking.slice(0, k).findIndex((id) => gradeOf(judged, id) > 0)
  return at < 0 ? 0 : 1 / (at + 1)
}

/** The share of all relevant documents that stand among the first `k`; 0 when nothing is relevant. */
export function recall(
  ranking: readonly string[],
  judged: Judgements,
  k: number,
  isRelevant: (grade: number) => boolean = isAboveZero,
): number {
  const all = [...judged.values()].filter(isRelevant).length
  return all === 0 ? 0 : ranking.slice(0, k).filter((id) => isRelevant(gradeOf(judged, id))).length / all
}

/** The value that a share `p` (0 to 1) of all lies at or below (nearest rank); 0 of none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
