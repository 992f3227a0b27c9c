import type { Clock } from '../../../kernel/clock.js'
import type { AuditAction } from '../../../platform/audit/audit.actions.js'
import type { Audit } from '../../../platform/audit/audit.repository.js'
import type { Sealer } from '../../../platform/sealing.js'
import type { AccountRepository } from '../accounts.repository.js'
import type { Guess, Guessing } from '../guessing/guessing.service.js'
import type { Passwords } from '../passwords/passwords.js'
import type { SignInRepository } from '../sign-ins.repository.js'
import type { Holder } from '../signing-in/entrance.js'
import { looksLikeRecoveryCode, newRecoveryCodes, recoveryCodeHash } from './recovery-codes.rules.js'
import { codeAt, newSharedSecret, stepOf } from './totp.rules.js'

export interface SecondFactorDeps {
  accounts: AccountRepository
  signIns: SignInRepository
  passwords: Passwords
  sealer: Sealer
  audit: Audit
  clock: Clock
  guessing: Guessing
}

export interface SecondFactorState {
  /** Null while there is none. */
  since: Date | null
  recoveryCodesLeft: number
  /** Whether he may do without: the park's staff may not. */
  optional: boolean
  /** Whether he has a password to be asked for; who comes in through a sign-in service gives a code instead. */
  hasPassword: boolean
}

/** Where a guess comes from. */
export type Place = Pick<Guess, 'ip' | 'device'>

type NotTaken =
  | { ok: false; reason: 'wrong' }
  /** Not looked at, since too many were wrong before; again after so many seconds. */
  | { ok: false; reason: 'too-many'; retryAfter: number }

export type GivenCode = { ok: true; by: 'code' | 'recovery-code' } | NotTaken

export interface SecondFactorService {
  stateOf(personId: string): Promise<SecondFactorState>
  /** A new shared secret, sealed for him alone; it counts once a code of it was given. */
  propose(personId: string): string
  /** The secret of a proposal, base32. */
  proposed(personId: string, sealed: string): string
  /** Sets the factor up; the sign-in is then one with the factor given. The recovery codes are told this once. */
  confirm(
    holder: Holder,
    sealed: string,
    code: string,
  ): Promise<{ ok: true; codes: string[] } | { ok: false; reason: 'wrong' | 'exists' }>
  /** Takes a code, or a recovery code, and raises the sign-in. */
  give(holder: Holder, typed: string, place: Place): Promise<GivenCode>
  /** Whether it is he: by his password, or by a code when he has none. */
  isHimself(holder: Holder, typed: string, place: Place): Promise<{ ok: true } | NotTaken>
  /** Makes the old recovery codes worthless and tells new ones. */
  renewCodes(holder: Holder): Promise<string[]>
  /** False when he must have one. */
  turnOff(holder: Holder): Promise<boolean>
  /** The code of this moment; null for somebody without a second factor. */
  codeNow(personId: string): Promise<string | null>
}

export function secondFactorService(deps: SecondFactorDeps): SecondFactorService {
  const { accounts, signIns, passwords, sealer, audit, clock, guessing } = deps

  const note = (action: AuditAction, { parkId, personId }: Holder, details?: Record<string, string>) =>
    audit.record({ parkId, by: personId, action, type: 'person', recordId: personId, ...(details && { details }) })

  /** Whether it is the code of a step that has not been taken yet; taken now, if so. */
  async function takesCode(personId: string, sealed: string, typed: string): Promise<boolean> {
    const step = stepOf(sealer.open(sealed, personId), digitsOf(typed), clock())
    return step !== null && (await accounts.takeStep(personId, step))
  }

  async function take(personId: string, typed: string): Promise<'code' | 'recovery-code' | null> {
    const factor = (await accounts.byId(personId))?.secondFactor
    if (!factor) return null
    if (looksLikeRecoveryCode(typed))
      return (await accounts.takeRecoveryCode(personId, recoveryCodeHash(typed))) ? 'recovery-code' : null
    return (await takesCode(personId, factor.secret, typed)) ? 'code' : null
  }

  return {
    stateOf: async (personId) => {
      const account = await accounts.byId(personId)
      return {
        since: account?.secondFactor?.confirmedAt ?? null,
        recoveryCodesLeft: account?.secondFactor?.recoveryCodes.length ?? 0,
        optional: !account?.staff,
        hasPassword: Boolean(account?.passwordHash),
      }
    },
    propose: (personId) => sealer.seal(newSharedSecret(), personId),
    proposed: (personId, sealed) => sealer.open(sealed, personId),
    confirm: async (holder, sealed, code) => {
      const { personId, signInId } = holder
      if ((await accounts.byId(personId))?.secondFactor) return { ok: false, reason: 'exists' }
      const step = stepOf(sealer.open(sealed, personId), digitsOf(code), clock())
      if (step === null) return { ok: false, reason: 'wrong' }
      const codes = newRecoveryCodes()
      await accounts.setSecondFactor(personId, {
        secret: sealed,
        confirmedAt: clock(),
        lastStep: step,
        recoveryCodes: codes.map(recoveryCodeHash),
      })
      await signIns.raise(signInId)
      await note('second-factor-set', holder)
      return { ok: true, codes }
    },
    give: async (holder, typed, place) => {
      const guess = await guessing.begin('code', { subject: holder.personId, ...place })
      if (!guess.ok) {
        if (guess.first) await note('code-limited', holder)
        return { ok: false, reason: 'too-many', retryAfter: guess.retryAfter }
      }
      const by = await take(holder.personId, typed)
      if (!by) {
        await note('code-failed', holder)
        return { ok: false, reason: 'wrong' }
      }
      await guess.wasRight()
      await signIns.raise(holder.signInId)
      await note('code-given', holder, { by })
      return { ok: true, by }
    },
    isHimself: async (holder, typed, place) => {
      const guess = await guessing.begin('himself', { subject: holder.signInId, ...place })
      if (!guess.ok) return { ok: false, reason: 'too-many', retryAfter: guess.retryAfter }
      const account = await accounts.byId(holder.personId)
      const fits = account?.passwordHash
        ? await passwords.verify(account.passwordHash, typed)
        : (await take(holder.personId, typed)) !== null
      if (!fits) {
        await note('password-failed', holder)
        return { ok: false, reason: 'wrong' }
      }
      await guess.wasRight()
      return { ok: true }
    },
    renewCodes: async (holder) => {
      const codes = newRecoveryCodes()
      await accounts.setRecoveryCodes(holder.personId, codes.map(recoveryCodeHash))
      await note('recovery-codes-renewed', holder)
      return codes
    },
    turnOff: async (holder) => {
      const account = await accounts.byId(holder.personId)
      if (account?.staff) return false
      await accounts.setSecondFactor(holder.personId, null)
      await note('second-factor-removed', holder)
      return true
    },
    codeNow: async (personId) => {
      const factor = (await accounts.byId(personId))?.secondFactor
      return factor ? codeAt(sealer.open(factor.secret, personId), clock()) : null
    },
  }
}

/** Apps show the six digits in two groups, and so they are typed. */
const digitsOf = (typed: string) => typed.replace(/\s/g, '')
