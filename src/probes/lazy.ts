import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

/**
 * Packages that few monitors need, loaded at first use: each costs megabytes in every thread, and start-up time. Loading
 * is synchronous, since validation is.
 */
export const lazy = {
  ajv: (): typeof import('ajv') => load('ajv'),
  ajv2020: (): typeof import('ajv/dist/2020.js') => load('ajv/dist/2020.js'),
  jsonP3: (): typeof import('json-p3') => load('json-p3'),
  re2js: (): typeof import('re2js') => load('re2js'),
  socks: (): typeof import('socks') => load('socks'),
}
