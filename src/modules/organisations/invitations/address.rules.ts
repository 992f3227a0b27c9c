/** An address that its owner knows again and nobody else can write to: `l…n@tiem.vn`. */
export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@')
  const [box, host] = [[...email.slice(0, at)], email.slice(at)]
  return `${box[0] ?? ''}…${box.length > 2 ? box.at(-1) : ''}${host}`
}
