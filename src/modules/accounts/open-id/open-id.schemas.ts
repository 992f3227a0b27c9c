import { signUpForm } from '../signing-up/sign-up.schemas.js'

/** What somebody new says on the page between the service and his account: as in signing up, without a password. */
export const newcomerForm = signUpForm.omit({ password: true })
