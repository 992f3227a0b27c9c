/** Passwords that everybody tries first: how many of the ranked list count. */
const HOW_MANY = 10_000

let loaded: Promise<ReadonlySet<string>> | undefined

/** Says whether a lower-cased password is one of the 10,000 most used. The list is read when it is first asked for. */
export async function commonPasswords(): Promise<(password: string) => boolean> {
  loaded ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].slice(0, HOW_MANY).map(String)),
  )
  const common = await loaded
  return (password) => common.has(password)
}
