/** What a check found: nothing when `problems` is empty. */
export interface CheckResult {
  problems: string[]
  /** What it looked at, for the summary line. */
  note: string
}
