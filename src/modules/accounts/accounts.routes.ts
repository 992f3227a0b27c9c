import type { Handler } from '../../platform/http/router.js'
import { type AccountPagesDeps, accountPages } from './account/account.routes.js'
import { type AccountServiceDeps, accountService } from './account/account.service.js'
import { type NoticeDeps, tellHolder } from './accounts.notices.js'
import { addressPages } from './address/address.routes.js'
import { type AddressDeps, addressService } from './address/address.service.js'
import type { OpenIdSettings } from './open-id/open-id.client.js'
import { createOpenId, openIdPages } from './open-id/open-id.routes.js'
import { changePasswordPages } from './passwords/change-password.routes.js'
import { type ChangePasswordDeps, changePassword } from './passwords/change-password.service.js'
import { resetPages } from './reset/reset.routes.js'
import { type ResetDeps, resetService } from './reset/reset.service.js'
import { codePages } from './second-factor/code.routes.js'
import { secondFactorPages } from './second-factor/second-factor.routes.js'
import { signInPages } from './signing-in/sign-in.routes.js'
import { signInService } from './signing-in/sign-in.service.js'
import { signUpPages } from './signing-up/sign-up.routes.js'
import { type SignUpDeps, signUpService } from './signing-up/sign-up.service.js'

type SignInDeps = Omit<Parameters<typeof signInPages>[0], 'signIn' | 'service'> & Parameters<typeof signInService>[0]
type SecondFactorDeps = NoticeDeps &
  Omit<Parameters<typeof codePages>[0] & Parameters<typeof secondFactorPages>[0], 'tell'>

type OpenIdDeps = Omit<Parameters<typeof openIdPages>[0], 'openId'> & {
  /** Of the park's own sign-in service; missing where there is none. */
  openId: OpenIdSettings | undefined
}

export type AccountDeps = SignUpDeps &
  ResetDeps &
  SignInDeps &
  SecondFactorDeps &
  OpenIdDeps &
  AddressDeps &
  ChangePasswordDeps &
  AccountServiceDeps &
  Omit<AccountPagesDeps, 'account'>

/** Everything about one's account: the ways in and out, and one's own place. */
export function accountHandlers(deps: AccountDeps) {
  const openId = createOpenId(deps.openId, deps)
  const tell = tellHolder(deps)
  return {
    ...signInPages({ ...deps, signIn: signInService(deps), service: openId?.client.name ?? null }),
    ...signUpPages({ ...deps, signUp: signUpService(deps) }),
    ...resetPages({ ...deps, reset: resetService(deps) }),
    ...openIdPages({ ...deps, openId }),
    ...codePages({ ...deps, tell }),
    ...secondFactorPages({ ...deps, tell }),
    ...accountPages({ ...deps, account: accountService(deps) }),
    ...addressPages({ address: addressService(deps) }),
    ...changePasswordPages({ ...deps, changePassword: changePassword(deps) }),
  } satisfies Record<string, Handler>
}
