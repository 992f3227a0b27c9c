import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import type { CheckResult } from './check.js'

// A cruiser that cannot read TypeScript sees nothing and complains of nothing, so the number of modules has a floor.
const FEWEST_MODULES = 150

// The rules that the planted files break; a rule that stays silent there is no rule.
const PLANTED = ['kernel-stands-alone', 'modules-meet-at-the-index']

/** Checks the rule of dependency over the sources, and that it would catch a violation. */
export async function checkDependencies(): Promise<CheckResult> {
  const house = await cruiseFolder(process.cwd(), ['src', 'scripts'])
  const planted = await cruiseFolder(`${process.cwd()}/test/fixtures/planted-violation`, ['src'])
  const caught = new Set(planted.summary.violations.map((v) => v.rule.name))
  const modules = house.modules.filter((m) => /^(src|scripts)\//.test(m.source)).length
  const problems = house.summary.violations.map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`)
  if (modules < FEWEST_MODULES) problems.push(`only ${modules} modules were seen, at least ${FEWEST_MODULES} are there`)
  for (const rule of PLANTED) if (!caught.has(rule)) problems.push(`the planted violation of "${rule}" was not caught`)
  return { problems, note: `${modules} modules` }
}

async function cruiseFolder(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const config = await extractConfig(`${process.cwd()}/.dependency-cruiser.cjs`)
  const options = { ...config.options, ruleSet: config, validate: true, baseDir }
  const result = await cruise(folders, options, undefined, {
    tsConfig: extractTsConfig(`${process.cwd()}/tsconfig.json`),
  })
  return result.output as ICruiseResult
}
