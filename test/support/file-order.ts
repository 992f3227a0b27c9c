import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Which files are begun first: those that take long, so that in the end none of them is waited for alone. */
const FIRST = [/\/(commands|eval)\//, /\/http\/(rights|signed-in-pages|guessing|naughty-strings|forms-by-role)\./]
const LAST = [/\/unit\//]

const rank = ({ moduleId }: TestSpecification) => {
  if (FIRST.some((pattern) => pattern.test(moduleId))) return 0
  return LAST.some((pattern) => pattern.test(moduleId)) ? 2 : 1
}

/** Files in order of rank; within one, those that took longest before, or are largest, come first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => rank(a) - rank(b))
  }
}
