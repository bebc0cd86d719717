import type { Asset, AssetName } from './assets.ts'

/** Everything comes from this server; nothing runs that stands in the page itself. */
export const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
}

/** The page that shows the API document. */
export function docsPage(assets: ReadonlyMap<AssetName, Asset>, folder: string): string {
  const address = (name: AssetName) => `${folder}/${assets.get(name)?.name}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>StatusApp API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${address('swagger-ui.css')}">
<link rel="stylesheet" href="${address('docs.css')}">
<script src="${address('swagger-ui.js')}" defer></script>
<script src="${address('docs.js')}" defer></script>
</head>
<body>
<noscript><p class="note">This page needs JavaScript. The API document itself is at
<a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p></noscript>
<main id="docs"></main>
</body>
</html>
`
}
