import { describe, expect, test } from 'vitest'
import { localPath, pathTo, ROUTES } from '../../../src/kernel/routes.js'

describe('route catalogue', () => {
  test('a page has an address in each language, a file and an API call have one', () => {
    expect(pathTo('providers.show', 'vi', { slug: 'kenh-xang' })).toBe('/providers/kenh-xang')
    expect(pathTo('providers.show', 'en', { slug: 'kenh-xang' })).toBe('/en/providers/kenh-xang')
    expect(pathTo('home', 'en')).toBe('/en')
    expect(pathTo('api.providers', 'en')).toBe('/api/v1/providers')
    expect(pathTo('sitemap', 'en')).toBe('/sitemap.xml')
  })

  test('parameters and query values are encoded, empty ones left out, lists repeated', () => {
    expect(pathTo('providers.show', 'vi', { slug: 'a/../b?c' })).toBe('/providers/a%2F..%2Fb%3Fc')
    expect(pathTo('providers.list', 'vi', {}, { q: 'kế toán', service: ['a', 'b'], page: undefined, sort: '' })).toBe(
      '/providers?q=k%E1%BA%BF+to%C3%A1n&service=a&service=b',
    )
  })

  test('a missing parameter is a mistake of the program', () => {
    expect(() => pathTo('providers.show', 'vi')).toThrow(/needs the parameter "slug"/)
  })

  test('no two routes share method and path', () => {
    const keys = Object.values(ROUTES).map((route) => `${route.method} ${route.path}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('addresses in the sitemap have no parameters', () => {
    for (const route of Object.values(ROUTES)) if ('sitemap' in route) expect(route.path).not.toMatch(/[:*]/)
  })

  test('the front page in English has no trailing slash', () => {
    expect(localPath('/', 'en')).toBe('/en')
    expect(localPath('/needs', 'en')).toBe('/en/needs')
  })
})
