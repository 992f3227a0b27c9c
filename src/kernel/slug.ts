/** An address word from any text: folded to a-z, 0-9 and hyphens, at most 80 characters; `fallback` when nothing is left. */
export function slugify(text: string, fallback: string): string {
  const slug = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '')
  // Words that are addresses of their own under a list ("/needs/new").
  return slug === '' || slug === 'new' ? fallback : slug
}
