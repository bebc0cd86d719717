import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { PLANS, type Plan } from '#domain'

const Flag = (description: string, options: object = {}) =>
  Type.Union([Type.Literal('true'), Type.Literal('false')], { description, ...options })
const Whole = (description: string, options: object = {}) =>
  Type.String({ pattern: '^[0-9]{1,9}$', description, ...options })

/** Every setting that the environment can carry: name, default, meaning. The documents are made from it, `takes` for them. */
export const EnvironmentSchema = Type.Object({
  PORT: Whole('Port to listen on.', { default: '8080', takes: '0 (any free one) to 65535' }),
  HOST: Type.String({ minLength: 1, default: '127.0.0.1', description: 'Address to listen on.' }),
  STATUSAPP_DATA_DIR: Type.String({
    minLength: 1,
    default: './data',
    description: 'Folder for the embedded database and the secret key.',
  }),
  STATUSAPP_PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://',
      takes: 'http or https address',
      description: 'Address under which people reach this server; default: the one it listens on.',
    }),
  ),
  STATUSAPP_REGION: Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,39}$',
    takes: 'a-z, 0-9 and -, 1 to 40 characters',
    default: 'local',
    description: "Code of the server's own region.",
  }),
  STATUSAPP_REGION_CITY: Type.Optional(Type.String({ description: 'City of a region outside the catalogue.' })),
  STATUSAPP_REGION_COUNTRY: Type.Optional(
    Type.String({
      pattern: '^[A-Z]{2}$',
      takes: 'two capitals',
      description: 'Country of a region outside the catalogue.',
    }),
  ),
  STATUSAPP_REGION_LATITUDE: Type.Optional(
    Type.String({
      pattern: '^-?[0-9]{1,2}(\\.[0-9]+)?$',
      takes: 'degrees, -90 to 90',
      description: 'Latitude of a region outside the catalogue.',
    }),
  ),
  STATUSAPP_REGION_LONGITUDE: Type.Optional(
    Type.String({
      pattern: '^-?[0-9]{1,3}(\\.[0-9]+)?$',
      takes: 'degrees, -180 to 180',
      description: 'Longitude of a region outside the catalogue.',
    }),
  ),
  STATUSAPP_SECRET_KEY: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_-]{43}(,[A-Za-z0-9_-]{43})*$',
      takes: '43 characters of base64url, or several such keys with commas between',
      description:
        'Key that encrypts secrets at rest: 32 bytes in base64url. After a comma stand older keys that still open what they sealed, until `secrets rotate` has sealed it anew. Default: made on first start, in the data folder.',
    }),
  ),
  STATUSAPP_ADMIN_EMAIL: Type.Optional(
    Type.String({
      pattern: '^[^\\s@]{1,64}@[^\\s@]{1,189}$',
      takes: 'e-mail address',
      description:
        'With STATUSAPP_ADMIN_PASSWORD: makes this owner while the first account has none; default: a one-time link is printed.',
    }),
  ),
  STATUSAPP_ADMIN_PASSWORD: Type.Optional(
    Type.String({
      minLength: 8,
      maxLength: 256,
      takes: '8 to 256 characters',
      description: "That owner's password. It counts only when the owner is made; take it out afterwards.",
    }),
  ),
  STATUSAPP_SIGNUP: Type.Union([Type.Literal('closed'), Type.Literal('open')], {
    default: 'closed',
    description: 'Whether anybody may make an account of their own here.',
  }),
  STATUSAPP_SIGNUP_PLAN: Type.Union(
    PLANS.map((plan) => Type.Literal(plan)),
    { default: 'FREE', description: 'Plan of the accounts that people make themselves.' },
  ),
  STATUSAPP_ALLOW_PRIVATE_TARGETS: Type.Optional(
    Flag(
      'Whether monitors and channels may reach loopback and private addresses. Default: true while there is one account and nobody may make another.',
    ),
  ),
  STATUSAPP_CONTROL_ADDRESS: Type.Optional(
    Type.String({
      pattern: '^.+:[0-9]{1,5}$',
      takes: 'host:port',
      description:
        'Something that accepts connections whenever this network is well. When most targets fail at once and it fails too, the network here is at fault, not the targets.',
    }),
  ),
  STATUSAPP_TRUST_PROXY_HOPS: Whole(
    'How many proxies of yours stand before the server, each of which adds the address it saw to X-Forwarded-For. The client is taken from there; 0: the header is not believed.',
    { default: '0', takes: '0 to 10' },
  ),
  STATUSAPP_LOG_LEVEL: Type.Union(
    (['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const).map((level) => Type.Literal(level)),
    { default: 'info', description: 'Least severe level that is logged (standard error, JSON lines).' },
  ),
})

type Environment = Static<typeof EnvironmentSchema>

/** The settings in the shape that the program uses. */
export interface Config {
  port: number
  host: string
  dataDir: string
  /** Null: derive from the address that the server listens on. */
  publicUrl: string | null
  region: {
    code: string
    city: string | null
    country: string | null
    latitude: number | null
    longitude: number | null
  }
  secretKey: string | null
  /** The first owner; null: by a set-up link. */
  admin: { email: string; password: string } | null
  /** Plan of the accounts that anybody may make; null: nobody may. */
  signupPlan: Plan | null
  /** Null: true while there is one account and nobody may make another. */
  allowPrivateTargets: boolean | null
  controlAddress: { host: string; port: number } | null
  trustProxyHops: number
  logLevel: Environment['STATUSAPP_LOG_LEVEL']
}

/** The environment is not usable; the message names each bad setting and what it takes. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Reads the settings from an environment. Throws `ConfigError`. */
export function readConfig(environment: { [name: string]: string | undefined }): Config {
  const given: { [name: string]: string } = {}
  for (const name of Object.keys(EnvironmentSchema.properties)) {
    const value = environment[name]
    if (value !== undefined && value !== '') given[name] = value
  }
  const env = Value.Default(EnvironmentSchema, given)
  if (!Value.Check(EnvironmentSchema, env)) throw new ConfigError(explain(env))
  const port = within('PORT', Number(env.PORT), 0, 65_535)
  return {
    port,
    host: env.HOST,
    dataDir: env.STATUSAPP_DATA_DIR,
    publicUrl: env.STATUSAPP_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    region: {
      code: env.STATUSAPP_REGION,
      city: env.STATUSAPP_REGION_CITY ?? null,
      country: env.STATUSAPP_REGION_COUNTRY ?? null,
      latitude: degrees('STATUSAPP_REGION_LATITUDE', env.STATUSAPP_REGION_LATITUDE, 90),
      longitude: degrees('STATUSAPP_REGION_LONGITUDE', env.STATUSAPP_REGION_LONGITUDE, 180),
    },
    secretKey: env.STATUSAPP_SECRET_KEY ?? null,
    admin: adminOf(env),
    signupPlan: env.STATUSAPP_SIGNUP === 'open' ? env.STATUSAPP_SIGNUP_PLAN : null,
    allowPrivateTargets:
      env.STATUSAPP_ALLOW_PRIVATE_TARGETS === undefined ? null : env.STATUSAPP_ALLOW_PRIVATE_TARGETS === 'true',
    controlAddress: env.STATUSAPP_CONTROL_ADDRESS === undefined ? null : splitAddress(env.STATUSAPP_CONTROL_ADDRESS),
    trustProxyHops: within('STATUSAPP_TRUST_PROXY_HOPS', Number(env.STATUSAPP_TRUST_PROXY_HOPS), 0, 10),
    logLevel: env.STATUSAPP_LOG_LEVEL,
  }
}

/** Names in an environment that look like our settings and are none, so that a misspelt one is not lost in silence. */
export function unknownSettings(environment: { [name: string]: string | undefined }): string[] {
  return Object.keys(environment).filter(
    (name) => name.startsWith('STATUSAPP_') && !(name in EnvironmentSchema.properties),
  )
}

function explain(env: unknown): string {
  const names = new Set(Value.Errors(EnvironmentSchema, env).map((error) => error.instancePath.split('/')[1] ?? ''))
  const properties: { [name: string]: object } = EnvironmentSchema.properties
  return [...names]
    .map((name) => {
      const property = properties[name]
      const meaning = property !== undefined && 'description' in property ? property.description : ''
      return `${name} is not usable. ${meaning}`
    })
    .join('\n')
}

function adminOf(env: Environment): Config['admin'] {
  const { STATUSAPP_ADMIN_EMAIL: email, STATUSAPP_ADMIN_PASSWORD: password } = env
  if (email !== undefined && password !== undefined) return { email, password }
  if (email === undefined && password === undefined) return null
  throw new ConfigError('STATUSAPP_ADMIN_EMAIL and STATUSAPP_ADMIN_PASSWORD belong together: set both or neither.')
}

function degrees(name: string, text: string | undefined, most: number): number | null {
  return text === undefined ? null : within(name, Number(text), -most, most)
}

function within(name: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value
  throw new ConfigError(`${name}: expected ${least} to ${most}, got ${value}`)
}

function splitAddress(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':')
  return {
    host: address.slice(0, colon).replace(/^\[|\]$/g, ''),
    port: within('STATUSAPP_CONTROL_ADDRESS', Number(address.slice(colon + 1)), 1, 65_535),
  }
}
