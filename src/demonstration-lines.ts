import type { DemonstrationSignIn } from './modules/demonstration/index.js'

/** What the start prints of the demonstration's people, one line each; nothing where there are none. */
export function demonstrationLines(signIns: readonly DemonstrationSignIn[]): string[] {
  const [first] = signIns
  if (!first) return []
  const width = Math.max(...signIns.map(({ email }) => email.length))
  return [
    `Demonstration sign-ins, password ${first.password}`,
    ...signIns.map(({ email, staff, owns, secondFactor }) => {
      const role = staff ?? (owns === 'provider' ? 'owner of a technology firm' : 'owner of a business')
      const factor = secondFactor ? `, code now ${secondFactor.code}, for an app ${secondFactor.secret}` : ''
      return `  ${email.padEnd(width)}  ${role}${factor}`
    }),
    'The code of the moment: npm run admin -- code EMAIL, also while the product runs',
    '',
  ]
}
