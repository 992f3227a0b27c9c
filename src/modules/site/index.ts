export { homePage } from './home.routes.js'
export { sitePages } from './pages.routes.js'
export { sitemapHandlers } from './sitemap.routes.js'
