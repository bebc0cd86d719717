// Made by `npm run docs` from the API document. Changes here are lost.

export interface Account {
  id: string
  /** Where its owner is reached. */
  email: string | null
  name: string
  accountStatus: 'active' | 'suspended'
  plan: 'FREE' | 'STARTER' | 'PROFESSIONAL' | 'BUSINESS' | 'ENTERPRISE'
  /** BCP 47. */
  language: string
  /** IANA name. */
  timezone: string
  /** When it was made. */
  createdAt: string
  limits: PlanLimits
}

export interface AccountAnalytics {
  /** What `avgMttr` and `performance` are over. */
  period: '24h' | '7d' | '30d' | '90d'
  /** Whose midnight begins today and this week. */
  timezone: string
  monitors: {
    /** All monitors. */
    total: number
    /** Those that are checked. */
    active: number
    /** Those that are paused or switched off. */
    paused: number
    /** Those that are up. */
    up: number
    /** Those that are down. */
    down: number
    /** Those that are up, but slow. */
    degraded: number
    /** Those of which nothing is known yet. */
    pending: number
    /** Those in maintenance. */
    maintenance: number
  }
  incidents: {
    /** Open now. */
    open: number
    /** That ended since midnight. */
    resolvedToday: number
    /** That ended since Monday. */
    resolvedThisWeek: number
    /** Mean seconds from start to end of those that ended in the period; null of none. */
    avgMttr: number | null
  }
  performance: {
    /** Mean over all checks, ms. */
    avgResponseTime: number | null
    /** 95 in 100 are at most this, ms. */
    p95ResponseTime: number | null
    /** Percent of the known time of all monitors together. */
    overallUptime: number | null
  }
}

export interface AccountChanges {
  name?: string
  /** Null: the owner's own address. */
  email?: string | null
  /** BCP 47. */
  language?: string
  /** IANA name. */
  timezone?: string
  /** Taken and ignored. */
  readonly id?: unknown
  /** Taken and ignored. */
  readonly accountStatus?: unknown
  /** Taken and ignored. */
  readonly plan?: unknown
  /** Taken and ignored. */
  readonly createdAt?: unknown
  /** Taken and ignored. */
  readonly limits?: unknown
}

export interface AccountUsage {
  /** Requests of the period, by API keys. */
  totalRequests: number
  /** The same by method and path, the busiest first. */
  requestsByEndpoint: { [name: string]: number }
  /** The last 30 days, whole days in UTC. */
  period: {
    /** First moment counted. */
    from: string
    /** Until now. */
    to: string
  }
  /** Where the running hour stands, this request included. */
  rateLimit: {
    limit: number
    used: number
    remaining: number
    /** When the next hour begins. */
    resetAt: string
  }
  monitors: {
    /** Monitors of the plan. Null: as many as you like. */
    limit: number | null
    used: number
  }
}

/** Credentials of the request. They are sent to the origin of the monitor only. OAuth 2 tokens are kept until shortly before they expire, and asked for anew once when the target answers 401. */
export interface ApiAuth {
  /** How the request proves who it is. */
  type: 'none' | 'bearer' | 'basic' | 'api_key' | 'oauth2' | 'jwt'
  /** bearer: the token. */
  token?: string
  /** basic: the user name. */
  username?: string
  /** basic: the password; may be empty. */
  password?: string
  /** api_key: the key. */
  apiKey?: string
  /** api_key: name of the header or query parameter. Default: X-API-Key. */
  apiKeyName?: string
  /** api_key: another word for apiKeyName, for a header. */
  apiKeyHeader?: string
  /** api_key: where the key is sent. Default: header. */
  apiKeyLocation?: 'header' | 'query'
  /** oauth2: where tokens are requested. */
  oauth2TokenUrl?: string
  /** oauth2: id of the client. */
  oauth2ClientId?: string
  /** oauth2: secret of the client; none for a public one. */
  oauth2ClientSecret?: string
  /** oauth2: scopes asked for, with blanks between. */
  oauth2Scope?: string
  /** oauth2: the grant. Default: client_credentials. */
  oauth2GrantType?: 'client_credentials' | 'password' | 'refresh_token'
  /** oauth2 with the grant password: the user name. */
  oauth2Username?: string
  /** oauth2 with the grant password: the password. */
  oauth2Password?: string
  /** oauth2 with the grant refresh_token: the token. A new one that the server sends with an answer is used from then on, until the next restart; then this one again. */
  oauth2RefreshToken?: string
  /** jwt: the signed token. */
  jwtToken?: string
  /** jwt: the header that carries it. Default: Authorization. */
  jwtHeader?: string
  /** jwt: what stands before the token; may be empty. Default: Bearer. */
  jwtPrefix?: string
}

export interface ApiKey {
  id: string
  /** What it is for. */
  name: string
  /** Its first characters, to recognise it by. */
  prefix: string
  /** What it may do; none implies another. */
  permissions: ('read' | 'write' | 'delete' | 'admin')[]
  /** False once it has expired or was revoked. */
  isActive: boolean
  /** When it was made. */
  createdAt: string
  /** When it was used last, within some seconds; null while it never was. */
  lastUsedAt: string | null
  /** When it stops working; null: never. */
  expiresAt: string | null
  /** When it was revoked. */
  revokedAt: string | null
}

export interface ApiKeyChanges {
  /** What the key is for. */
  name?: string
  /** What it may do: a list, or a text with commas between. None implies another. */
  permissions?: ('read' | 'write' | 'delete' | 'admin')[] | string
  /** When it stops working, ISO 8601; null: never. */
  expiresAt?: string | null
  /** Says the same from now on: seconds, or a length of time such as `90d`, `12h`, `4w`, `1y`. */
  expiresIn?: number | string | null
  /** Follows from the rest; DELETE revokes a key. */
  readonly isActive?: boolean
  /** Taken and ignored. */
  readonly id?: unknown
  /** Taken and ignored. */
  readonly prefix?: unknown
  /** Taken and ignored. */
  readonly createdAt?: unknown
  /** Taken and ignored. */
  readonly lastUsedAt?: unknown
  /** Taken and ignored. */
  readonly revokedAt?: unknown
}

export interface ApiKeyList {
  apiKeys: ApiKey[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

export interface ApiKeyRevoked {
  success: true
  message: string
  /** What may surprise. */
  warnings?: string[]
}

export interface ApiKeyRotation {
  /** How long the old key still works. */
  graceSeconds?: number
  /** When it stops working, ISO 8601; null: never. */
  expiresAt?: string | null
  /** Says the same from now on: seconds, or a length of time such as `90d`, `12h`, `4w`, `1y`. */
  expiresIn?: number | string | null
}

/** An HTTP API answers a request with a good status and, if asked, the right words. */
export interface ApiMonitor {
  /** Id of the monitor. */
  id: string
  /** What people call it. */
  name: string
  /** What is watched; passwords are masked. */
  url: string | null
  type: 'API'
  /** `PENDING`: not yet known, or not to be measured now; `statusReason` says why. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Seconds between checks. */
  interval: number
  /** Seconds within which a check must end. */
  timeout: number
  /** Switched off monitors are not checked. */
  isActive: boolean
  /** Whether it is paused. */
  isPaused: boolean
  /** Labels to filter by. */
  tags: string[]
  /** When it was last checked. */
  lastCheckedAt: string | null
  /** Mean response time of the last 24 hours in ms; null while nothing is known. */
  avgResponseTime24h: number | null
  /** Percent of the last 90 days; null while nothing is known. */
  uptime90d: number | null
  /** When it was made. */
  createdAt: string
  /** When its configuration last changed. */
  updatedAt: string
  /** Codes of the regions that check it. */
  enabledRegions: string[]
  /** Failures in a row that confirm an outage. */
  confirmationChecks: number
  /** Successes in a row that confirm a recovery. */
  recoveryChecks: number
  /** How many regions must fail before it is DOWN. */
  regionQuorum: 'any' | 'majority' | 'all' | number
  /** A failing check is the good state. */
  upsideDown: boolean
  /** Channels that are told. */
  notificationChannelIds: string[]
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn: string[]
  /** Watch for slower responses than usual. */
  regressionEnabled: boolean
  /** Percent. */
  regressionThreshold: number
  /** Days of the baseline. */
  regressionPeriod: number
  /** Notes for people. */
  description: string | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold: number | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Method of the request. */
  httpMethod: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /** Status codes that count as up: a number, or numbers and ranges with commas. Left at its default, it does not count where an assertion looks at `status`: that one decides alone. */
  expectedStatusCode: number | string
  /** Headers of the request: an object, or a JSON string of one. They are sent to the origin of the monitor only, never to another one that it redirects to. */
  requestHeaders?: string | { [name: string]: string }
  /** Body of the request, as text. Without a Content-Type header it is sent as application/json when it is JSON, else as text/plain. */
  requestBody?: string
  /** Follow redirects, at most 10, and judge the last answer. Off: judge the redirect itself. */
  followRedirects: boolean
  /** Require a valid certificate for the host, signed by an authority that Node, the system or NODE_EXTRA_CA_CERTS trusts. */
  verifySsl: boolean
  /** Text that must be in the body, or a list of which all must be. Searched after decompression, in the charset of the page. */
  keyword?: string | string[]
  /** Text that must not be in the body, or a list of which none may be. */
  keywordAbsent?: string | string[]
  /** Whether capitals matter in keyword and keywordAbsent. */
  keywordCaseSensitive: boolean
  /** What must be true of the answer: a list of `source` (`status`, `header`, `body`, `json`, `responseTime`, `certificateDays`), `path` (JSONPath of RFC 9535 for `json`, a name for `header`), `comparison` and `target`. Expressions of `matches` are those of RE2. */
  assertions?: Assertion[]
  /** JSON Schema (2020-12, or draft-07 by its `$schema`) that the body must fit. Each `$ref` stays within it; `format` is not checked. */
  responseSchema?: { [name: string]: unknown }
  /** Connect over this version of IP only. */
  ipVersion: 4 | 6 | 'any'
  /** How much of the body is read and judged, in bytes, counted after decompression. A longer body is no failure by itself, but fails assertions and schemas that need all of its JSON; the rest is not downloaded. */
  maxBodyBytes: number
  apiAuthConfig?: ApiAuth
  /** Proxy to go through: http:// (by CONNECT, for targets without TLS too), socks5:// or socks5h://, with user:password@ where it asks for them. It looks up the name of the target, except for socks5://. */
  proxyUrl?: string
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays: number | number[]
  /** Since when it has its status. */
  statusSince: string | null
  /** Why its status is not known. */
  statusReason: string | null
  /** What is allowed but will not do what it seems to. */
  warnings: string[]
  certificate?: Certificate | null
}

/** An HTTP API answers a request with a good status and, if asked, the right words. */
export interface ApiMonitorChanges {
  /** What people call it. Need not be unique. */
  name?: string | null
  /** What is watched. Not needed for CRON. */
  url?: string | null
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type?: 'API'
  /** Method of the request. */
  httpMethod?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | null
  /** Status codes that count as up: a number, or numbers and ranges with commas. Left at its default, it does not count where an assertion looks at `status`: that one decides alone. */
  expectedStatusCode?: number | string | null
  /** Headers of the request: an object, or a JSON string of one. They are sent to the origin of the monitor only, never to another one that it redirects to. */
  requestHeaders?: string | { [name: string]: string } | null
  /** Body of the request, as text. Without a Content-Type header it is sent as application/json when it is JSON, else as text/plain. */
  requestBody?: string | null
  /** Follow redirects, at most 10, and judge the last answer. Off: judge the redirect itself. */
  followRedirects?: boolean | null
  /** Require a valid certificate for the host, signed by an authority that Node, the system or NODE_EXTRA_CA_CERTS trusts. */
  verifySsl?: boolean | null
  /** Text that must be in the body, or a list of which all must be. Searched after decompression, in the charset of the page. */
  keyword?: string | string[] | null
  /** Text that must not be in the body, or a list of which none may be. */
  keywordAbsent?: string | string[] | null
  /** Whether capitals matter in keyword and keywordAbsent. */
  keywordCaseSensitive?: boolean | null
  /** What must be true of the answer: a list of `source` (`status`, `header`, `body`, `json`, `responseTime`, `certificateDays`), `path` (JSONPath of RFC 9535 for `json`, a name for `header`), `comparison` and `target`. Expressions of `matches` are those of RE2. */
  assertions?: Assertion[] | null
  /** JSON Schema (2020-12, or draft-07 by its `$schema`) that the body must fit. Each `$ref` stays within it; `format` is not checked. */
  responseSchema?: { [name: string]: unknown } | null
  /** Connect over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** How much of the body is read and judged, in bytes, counted after decompression. A longer body is no failure by itself, but fails assertions and schemas that need all of its JSON; the rest is not downloaded. */
  maxBodyBytes?: number | null
  apiAuthConfig?: ApiAuth | null
  /** Proxy to go through: http:// (by CONNECT, for targets without TLS too), socks5:// or socks5h://, with user:password@ where it asks for them. It looks up the name of the target, except for socks5://. */
  proxyUrl?: string | null
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string | null
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string | null
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string | null
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string | null
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays?: number | number[] | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

/** One thing that must be true of an answer. */
export interface Assertion {
  /** What is looked at. `responseTime` is in ms, `certificateDays` the days that the certificate is valid for. */
  source: 'status' | 'header' | 'body' | 'json' | 'responseTime' | 'certificateDays'
  /** Of `json`: a JSONPath query (RFC 9535); of `header`: its name. A query that finds several values must hold for each of them. */
  path?: string
  /** How it is compared. On what is missing, only `not_exists` and `is_empty` are true. */
  comparison:
    | 'equals'
    | 'not_equals'
    | 'contains'
    | 'not_contains'
    | 'exists'
    | 'not_exists'
    | 'is_empty'
    | 'is_not_empty'
    | 'matches'
    | 'gt'
    | 'lt'
  /** What it is compared with. In JSON, "5" and 5 are not equal. A whole number beyond 9007199254740991, which JSON numbers round, is given as text. */
  target?: string | number | boolean | null | unknown[] | { [name: string]: unknown }
}

export interface AuditEntry {
  id: string
  /** When it was done. */
  at: string
  /** The thing and what happened to it. */
  action: string
  actor: {
    /** `operator` is the command line, `system` the product itself. */
    type: 'key' | 'member' | 'operator' | 'system'
    id: string | null
    /** As it was called then. */
    name: string
  }
  target: {
    type: string
    id: string | null
    name: string | null
  } | null
  /** The fields that changed as they were; secrets are masked. */
  before: { [name: string]: unknown } | null
  /** The same fields as they are now. */
  after: { [name: string]: unknown } | null
  /** `X-Request-Id` of the request. */
  requestId: string | null
  /** Where the request came from. */
  address: string | null
}

export interface AuditLog {
  entries: AuditEntry[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

export interface CancelledMaintenanceWindow {
  success: true
  message: string
}

/** The certificate that a check saw last. */
export interface Certificate {
  subject: string
  issuer: string
  /** When it ends. */
  validTo: string
  /** Whole days until then. */
  daysLeft: number
  /** SHA-256 of the certificate. */
  fingerprint256: string
}

export interface ChangedRegression {
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Taken and ignored. */
  readonly baselineResponseTime?: unknown
  /** Taken and ignored. */
  readonly baselineCalculatedAt?: unknown
  /** Taken and ignored. */
  readonly isRegressed?: unknown
}

/** Only what is given changes; null asks for the default. */
export interface ChangedStatusPage {
  /** What people call it; its heading. */
  name?: string
  /** Its address under `/s/`: a to z, 0 to 9 and -. Unique over the whole instance. */
  slug?: string
  /** A host name of your own under which it is shown. */
  customDomain?: string | null
  /** Whether everybody may see it. */
  isPublic?: boolean | null
  /** Some lines under the heading. */
  description?: string | null
  /** Whose page it is. */
  companyName?: string | null
  theme?: 'light' | 'dark' | 'system' | null
  /** A colour of your own. */
  brandColor?: string | null
  /** Address of a logo. */
  logoUrl?: string | null
  /** Address of the small picture that browsers show. */
  faviconUrl?: string | null
  /** An IANA time zone, whose midnights part the days. Null: that of the account. */
  timezone?: string | null
  /** In their order. Those that are named in `monitors` only are made where this is left out. */
  groups?: StatusPageGroupFields[] | null
  /** In their order. What is left out of one that is on the page stays as it is. */
  monitors?: StatusPageMonitorFields[] | null
  /** A short form of `monitors`. */
  monitorIds?: string[] | null
  /** Taken and ignored. */
  readonly id?: unknown
  /** Taken and ignored. */
  readonly url?: unknown
  /** Taken and ignored. */
  readonly status?: unknown
  /** Taken and ignored. */
  readonly statusText?: unknown
  /** Taken and ignored. */
  readonly monitorCount?: unknown
  /** Taken and ignored. */
  readonly createdAt?: unknown
  /** Taken and ignored. */
  readonly updatedAt?: unknown
}

export interface ChannelTestResult {
  success: boolean
  /** What the receiver answered. */
  statusCode: number | null
  /** ms */
  responseTime: number
  /** Why it did not arrive. */
  error: string | null
}

export interface Check {
  /** Where it ran. */
  region: string
  /** What this one check found. `UNKNOWN`: it could not be measured, and the target is not to blame. */
  status: 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN'
  /** When it started, with milliseconds. */
  checkedAt: string
  /** HTTP status, or a number that the type has in its place. */
  statusCode: number | null
  /** Duration in ms; null when nothing was measured. */
  responseTime: number | null
  /** Where the time went, in ms; null for what did not happen. */
  phases: {
    dns: number | null
    connect: number | null
    tls: number | null
    firstByte: number | null
    download: number | null
  }
  /** What was expected and what came. */
  error: string | null
  /** The kind of failure. */
  rootCauseCategory:
    | 'DNS_FAILURE'
    | 'NETWORK_TIMEOUT'
    | 'CONNECTION_REFUSED'
    | 'SERVER_ERROR'
    | 'APPLICATION_ERROR'
    | 'DATABASE_ISSUE'
    | 'SSL_CERTIFICATE'
    | 'CONFIGURATION_ERROR'
    | 'DEPLOYMENT_ISSUE'
    | 'THIRD_PARTY_SERVICE'
    | 'INFRASTRUCTURE'
    | 'DDOS_ATTACK'
    | 'MAINTENANCE'
    | 'MISSED_HEARTBEAT'
    | 'UNKNOWN'
    | null
  /** Facts of the type: certificate, DNS answers, loss and round trips. */
  details: unknown
}

export interface CheckList {
  checks: Check[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

export interface CheckResults {
  /** One per region. */
  results: Check[]
}

/** A scheduled job sends heartbeats when it should. */
export interface CronMonitor {
  /** Id of the monitor. */
  id: string
  /** What people call it. */
  name: string
  /** What is watched; passwords are masked. */
  url: string | null
  type: 'CRON'
  /** `PENDING`: not yet known, or not to be measured now; `statusReason` says why. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Seconds between checks. */
  interval: number
  /** Seconds within which a check must end. */
  timeout: number
  /** Switched off monitors are not checked. */
  isActive: boolean
  /** Whether it is paused. */
  isPaused: boolean
  /** Labels to filter by. */
  tags: string[]
  /** When it was last checked. */
  lastCheckedAt: string | null
  /** Mean response time of the last 24 hours in ms; null while nothing is known. */
  avgResponseTime24h: number | null
  /** Percent of the last 90 days; null while nothing is known. */
  uptime90d: number | null
  /** When it was made. */
  createdAt: string
  /** When its configuration last changed. */
  updatedAt: string
  /** Codes of the regions that check it. */
  enabledRegions: string[]
  /** Failures in a row that confirm an outage. */
  confirmationChecks: number
  /** Successes in a row that confirm a recovery. */
  recoveryChecks: number
  /** How many regions must fail before it is DOWN. */
  regionQuorum: 'any' | 'majority' | 'all' | number
  /** A failing check is the good state. */
  upsideDown: boolean
  /** Channels that are told. */
  notificationChannelIds: string[]
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn: string[]
  /** Watch for slower responses than usual. */
  regressionEnabled: boolean
  /** Percent. */
  regressionThreshold: number
  /** Days of the baseline. */
  regressionPeriod: number
  /** Notes for people. */
  description: string | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold: number | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** When the job runs: a cron expression of five fields, or six with seconds first. Left out: every `interval`. */
  schedule?: string
  /** IANA time zone in which `schedule` is meant. */
  timezone: string
  /** Seconds that a heartbeat may be late before it counts as missed. */
  gracePeriod: number
  /** Seconds that a run may take from its start signal to its end; null sets no limit. */
  maxDuration: number | null
  /** Since when it has its status. */
  statusSince: string | null
  /** Why its status is not known. */
  statusReason: string | null
  /** What is allowed but will not do what it seems to. */
  warnings: string[]
  /** Of CRON: where the job reports. Masked once the monitor has an address of its own. */
  heartbeatUrl: string
  /** When the job last reported. */
  lastPingAt: string | null
  /** When it is expected next. */
  nextExpectedAt: string | null
}

/** A scheduled job sends heartbeats when it should. */
export interface CronMonitorChanges {
  /** What people call it. Need not be unique. */
  name?: string | null
  /** What is watched. Not needed for CRON. */
  url?: string | null
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between beats, unless a schedule is given. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type?: 'CRON'
  /** When the job runs: a cron expression of five fields, or six with seconds first. Left out: every `interval`. */
  schedule?: string | null
  /** IANA time zone in which `schedule` is meant. */
  timezone?: string | null
  /** Seconds that a heartbeat may be late before it counts as missed. */
  gracePeriod?: number | null
  /** Seconds that a run may take from its start signal to its end; null sets no limit. */
  maxDuration?: number | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

export interface CurrentSession {
  id: string
  user: {
    id: string
    email: string
    name: string
  }
  /** The account that this session acts on. */
  account: {
    id: string
    name: string
    plan: 'FREE' | 'STARTER' | 'PROFESSIONAL' | 'BUSINESS' | 'ENTERPRISE'
    accountStatus: 'active' | 'suspended'
    /** Your role there. */
    role: 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER'
  }
  /** Every account that you belong to. */
  accounts: {
    id: string
    name: string
    plan: 'FREE' | 'STARTER' | 'PROFESSIONAL' | 'BUSINESS' | 'ENTERPRISE'
    accountStatus: 'active' | 'suspended'
    /** Your role there. */
    role: 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER'
  }[]
  permissions: ('read' | 'write' | 'delete' | 'admin')[]
  /** When it was opened. */
  createdAt: string
  /** When it ends unless it is used before. */
  expiresAt: string
}

/** Telling one event to one channel. */
export interface Delivery {
  id: string
  event:
    | 'monitor.down'
    | 'monitor.up'
    | 'monitor.degraded'
    | 'regression.detected'
    | 'regression.resolved'
    | 'ssl.expiring'
    | 'incident.created'
    | 'incident.updated'
    | 'incident.resolved'
    | 'test'
  /** Stays the same when it is sent again. */
  eventId: string
  monitorId: string | null
  status: 'pending' | 'delivered' | 'failed'
  /** What the receiver answered last. */
  statusCode: number | null
  attempts: number
  /** When it is tried again. */
  nextAttemptAt: string | null
  /** When it arrived. */
  deliveredAt: string | null
  /** Why the last attempt failed. */
  error: string | null
  /** When it came up. */
  createdAt: string
  /** The attempts, as far as they are kept. */
  attemptLog: DeliveryAttempt[]
}

export interface DeliveryAttempt {
  /** When it began. */
  at: string
  /** ms */
  duration: number
  statusCode: number | null
  error: string | null
}

export interface DeliveryList {
  deliveries: Delivery[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

/** A DNS server answers for a name, and its records are as expected. */
export interface DnsMonitor {
  /** Id of the monitor. */
  id: string
  /** What people call it. */
  name: string
  /** What is watched; passwords are masked. */
  url: string | null
  type: 'DNS'
  /** `PENDING`: not yet known, or not to be measured now; `statusReason` says why. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Seconds between checks. */
  interval: number
  /** Seconds within which a check must end. */
  timeout: number
  /** Switched off monitors are not checked. */
  isActive: boolean
  /** Whether it is paused. */
  isPaused: boolean
  /** Labels to filter by. */
  tags: string[]
  /** When it was last checked. */
  lastCheckedAt: string | null
  /** Mean response time of the last 24 hours in ms; null while nothing is known. */
  avgResponseTime24h: number | null
  /** Percent of the last 90 days; null while nothing is known. */
  uptime90d: number | null
  /** When it was made. */
  createdAt: string
  /** When its configuration last changed. */
  updatedAt: string
  /** Codes of the regions that check it. */
  enabledRegions: string[]
  /** Failures in a row that confirm an outage. */
  confirmationChecks: number
  /** Successes in a row that confirm a recovery. */
  recoveryChecks: number
  /** How many regions must fail before it is DOWN. */
  regionQuorum: 'any' | 'majority' | 'all' | number
  /** A failing check is the good state. */
  upsideDown: boolean
  /** Channels that are told. */
  notificationChannelIds: string[]
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn: string[]
  /** Watch for slower responses than usual. */
  regressionEnabled: boolean
  /** Percent. */
  regressionThreshold: number
  /** Days of the baseline. */
  regressionPeriod: number
  /** Notes for people. */
  description: string | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold: number | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Type of the records that are asked for. PTR takes an address as `url` too. */
  dnsRecord: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT' | 'NS' | 'SOA' | 'SRV' | 'CAA' | 'PTR'
  /** What the records must say: a value, or a list of them; left out, any record will do. Order, capitals (but in TXT) and a final dot do not matter. MX as `10 mx1.example.com` or `mx1.example.com`, SRV also as `host:port`, CAA also by its value, SOA also by its primary server or serial. A leading `!` means that no record may say so (write `\!` for a record that begins with `!`). */
  expectedValue?: string | string[]
  /** Another name for `expectedValue`; give one of the two. */
  expectedIp?: string | string[]
  /** `all`: every expected value is among the records, which may hold more. `any`: at least one is. `exact`: the records are these and no others. `contains`: each expected text is part of a record. */
  dnsMatch: 'any' | 'all' | 'exact' | 'contains'
  /** The server to ask, as `address`, `address:port`, `[IPv6]:port`, or by name. Left out: the resolvers of the machine that checks. */
  dnsServer?: string
  /** Since when it has its status. */
  statusSince: string | null
  /** Why its status is not known. */
  statusReason: string | null
  /** What is allowed but will not do what it seems to. */
  warnings: string[]
}

/** A DNS server answers for a name, and its records are as expected. */
export interface DnsMonitorChanges {
  /** What people call it. Need not be unique. */
  name?: string | null
  /** What is watched. Not needed for CRON. */
  url?: string | null
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type?: 'DNS'
  /** Type of the records that are asked for. PTR takes an address as `url` too. */
  dnsRecord?: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT' | 'NS' | 'SOA' | 'SRV' | 'CAA' | 'PTR' | null
  /** What the records must say: a value, or a list of them; left out, any record will do. Order, capitals (but in TXT) and a final dot do not matter. MX as `10 mx1.example.com` or `mx1.example.com`, SRV also as `host:port`, CAA also by its value, SOA also by its primary server or serial. A leading `!` means that no record may say so (write `\!` for a record that begins with `!`). */
  expectedValue?: string | string[] | null
  /** Another name for `expectedValue`; give one of the two. */
  expectedIp?: string | string[] | null
  /** `all`: every expected value is among the records, which may hold more. `any`: at least one is. `exact`: the records are these and no others. `contains`: each expected text is part of a record. */
  dnsMatch?: 'any' | 'all' | 'exact' | 'contains' | null
  /** The server to ask, as `address`, `address:port`, `[IPv6]:port`, or by name. Left out: the resolvers of the machine that checks. */
  dnsServer?: string | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

export interface Done {
  success: true
  message: string
}

/** What every refused request gets. */
export interface Error {
  /** What went wrong, as a sentence that a person can act on. */
  error: string
  /** What went wrong, for programs. */
  code:
    | 'BAD_REQUEST'
    | 'UNAUTHORIZED'
    | 'FORBIDDEN'
    | 'NOT_FOUND'
    | 'METHOD_NOT_ALLOWED'
    | 'REQUEST_TIMEOUT'
    | 'CONFLICT'
    | 'PRECONDITION_FAILED'
    | 'PAYLOAD_TOO_LARGE'
    | 'UNSUPPORTED_MEDIA_TYPE'
    | 'RATE_LIMIT_EXCEEDED'
    | 'REQUEST_HEADER_FIELDS_TOO_LARGE'
    | 'INTERNAL_SERVER_ERROR'
  /** The HTTP status again. */
  statusCode: number
  /** Of a 400: every bad field. */
  details?: {
    /** Where it is, such as `interval` or `assertions[0].path`. */
    path: string
    /** What is wrong with it. */
    message: string
  }[]
  /** Of a 500: what to name when you report it. */
  requestId?: string
}

/** A GraphQL API runs an operation without errors. */
export interface GraphqlMonitor {
  /** Id of the monitor. */
  id: string
  /** What people call it. */
  name: string
  /** What is watched; passwords are masked. */
  url: string | null
  type: 'GRAPHQL'
  /** `PENDING`: not yet known, or not to be measured now; `statusReason` says why. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Seconds between checks. */
  interval: number
  /** Seconds within which a check must end. */
  timeout: number
  /** Switched off monitors are not checked. */
  isActive: boolean
  /** Whether it is paused. */
  isPaused: boolean
  /** Labels to filter by. */
  tags: string[]
  /** When it was last checked. */
  lastCheckedAt: string | null
  /** Mean response time of the last 24 hours in ms; null while nothing is known. */
  avgResponseTime24h: number | null
  /** Percent of the last 90 days; null while nothing is known. */
  uptime90d: number | null
  /** When it was made. */
  createdAt: string
  /** When its configuration last changed. */
  updatedAt: string
  /** Codes of the regions that check it. */
  enabledRegions: string[]
  /** Failures in a row that confirm an outage. */
  confirmationChecks: number
  /** Successes in a row that confirm a recovery. */
  recoveryChecks: number
  /** How many regions must fail before it is DOWN. */
  regionQuorum: 'any' | 'majority' | 'all' | number
  /** A failing check is the good state. */
  upsideDown: boolean
  /** Channels that are told. */
  notificationChannelIds: string[]
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn: string[]
  /** Watch for slower responses than usual. */
  regressionEnabled: boolean
  /** Percent. */
  regressionThreshold: number
  /** Days of the baseline. */
  regressionPeriod: number
  /** Notes for people. */
  description: string | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold: number | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** The operation: a query, or a mutation. */
  graphqlQuery: string
  /** Variables of the operation: an object, or a JSON string of one. */
  graphqlVariables?: string | { [name: string]: unknown }
  /** Which operation of `graphqlQuery` is run, where it holds several. */
  graphqlOperationName?: string
  /** Whether an answer with `errors` beside data counts as up. Without any data it is down in any case. */
  graphqlAllowPartial: boolean
  /** POST sends the operation as a JSON body, GET in the query of the URL. */
  httpMethod: 'POST' | 'GET'
  /** Status codes that count as up: a number, or numbers and ranges with commas. Left at its default, it does not count where an assertion looks at `status`: that one decides alone. */
  expectedStatusCode: number | string
  /** Headers of the request: an object, or a JSON string of one. They are sent to the origin of the monitor only, never to another one that it redirects to. */
  requestHeaders?: string | { [name: string]: string }
  /** Follow redirects, at most 10, and judge the last answer. Off: judge the redirect itself. */
  followRedirects: boolean
  /** Require a valid certificate for the host, signed by an authority that Node, the system or NODE_EXTRA_CA_CERTS trusts. */
  verifySsl: boolean
  /** Text that must be in the body, or a list of which all must be. Searched after decompression, in the charset of the page. */
  keyword?: string | string[]
  /** Text that must not be in the body, or a list of which none may be. */
  keywordAbsent?: string | string[]
  /** Whether capitals matter in keyword and keywordAbsent. */
  keywordCaseSensitive: boolean
  /** What must be true of the answer: a list of `source` (`status`, `header`, `body`, `json`, `responseTime`, `certificateDays`), `path` (JSONPath of RFC 9535 for `json`, a name for `header`), `comparison` and `target`. Expressions of `matches` are those of RE2. */
  assertions?: Assertion[]
  /** JSON Schema (2020-12, or draft-07 by its `$schema`) that the body must fit. Each `$ref` stays within it; `format` is not checked. */
  responseSchema?: { [name: string]: unknown }
  /** Connect over this version of IP only. */
  ipVersion: 4 | 6 | 'any'
  /** How much of the body is read and judged, in bytes, counted after decompression. A longer body is no failure by itself, but fails assertions and schemas that need all of its JSON; the rest is not downloaded. */
  maxBodyBytes: number
  apiAuthConfig?: ApiAuth
  /** Proxy to go through: http:// (by CONNECT, for targets without TLS too), socks5:// or socks5h://, with user:password@ where it asks for them. It looks up the name of the target, except for socks5://. */
  proxyUrl?: string
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays: number | number[]
  /** Since when it has its status. */
  statusSince: string | null
  /** Why its status is not known. */
  statusReason: string | null
  /** What is allowed but will not do what it seems to. */
  warnings: string[]
  certificate?: Certificate | null
}

/** A GraphQL API runs an operation without errors. */
export interface GraphqlMonitorChanges {
  /** What people call it. Need not be unique. */
  name?: string | null
  /** What is watched. Not needed for CRON. */
  url?: string | null
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type?: 'GRAPHQL'
  /** The operation: a query, or a mutation. */
  graphqlQuery?: string | null
  /** Variables of the operation: an object, or a JSON string of one. */
  graphqlVariables?: string | { [name: string]: unknown } | null
  /** Which operation of `graphqlQuery` is run, where it holds several. */
  graphqlOperationName?: string | null
  /** Whether an answer with `errors` beside data counts as up. Without any data it is down in any case. */
  graphqlAllowPartial?: boolean | null
  /** POST sends the operation as a JSON body, GET in the query of the URL. */
  httpMethod?: 'POST' | 'GET' | null
  /** Status codes that count as up: a number, or numbers and ranges with commas. Left at its default, it does not count where an assertion looks at `status`: that one decides alone. */
  expectedStatusCode?: number | string | null
  /** Headers of the request: an object, or a JSON string of one. They are sent to the origin of the monitor only, never to another one that it redirects to. */
  requestHeaders?: string | { [name: string]: string } | null
  /** Follow redirects, at most 10, and judge the last answer. Off: judge the redirect itself. */
  followRedirects?: boolean | null
  /** Require a valid certificate for the host, signed by an authority that Node, the system or NODE_EXTRA_CA_CERTS trusts. */
  verifySsl?: boolean | null
  /** Text that must be in the body, or a list of which all must be. Searched after decompression, in the charset of the page. */
  keyword?: string | string[] | null
  /** Text that must not be in the body, or a list of which none may be. */
  keywordAbsent?: string | string[] | null
  /** Whether capitals matter in keyword and keywordAbsent. */
  keywordCaseSensitive?: boolean | null
  /** What must be true of the answer: a list of `source` (`status`, `header`, `body`, `json`, `responseTime`, `certificateDays`), `path` (JSONPath of RFC 9535 for `json`, a name for `header`), `comparison` and `target`. Expressions of `matches` are those of RE2. */
  assertions?: Assertion[] | null
  /** JSON Schema (2020-12, or draft-07 by its `$schema`) that the body must fit. Each `$ref` stays within it; `format` is not checked. */
  responseSchema?: { [name: string]: unknown } | null
  /** Connect over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** How much of the body is read and judged, in bytes, counted after decompression. A longer body is no failure by itself, but fails assertions and schemas that need all of its JSON; the rest is not downloaded. */
  maxBodyBytes?: number | null
  apiAuthConfig?: ApiAuth | null
  /** Proxy to go through: http:// (by CONNECT, for targets without TLS too), socks5:// or socks5h://, with user:password@ where it asks for them. It looks up the name of the target, except for socks5://. */
  proxyUrl?: string | null
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string | null
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string | null
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string | null
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string | null
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays?: number | number[] | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

export interface Health {
  status: 'ok' | 'unhealthy'
  version: string
  /** When it was asked. */
  timestamp: string
  checks: {
    /** `ok`, or what is wrong. */
    database: string
    /** `ok`, or what is wrong. */
    scheduler: string
    /** `ok`, or what is wrong. */
    notifier: string
  }
}

export interface Heartbeat {
  /** When it came. */
  at: string
  /** What it said. */
  kind: 'success' | 'fail' | 'start' | 'log'
  /** Seconds since its start, where that was told. */
  duration: number | null
  /** What it said in words. */
  message: string | null
  /** Exit status of the job. */
  exitStatus: number | null
  /** Address and user agent of the sender. */
  source: string | null
  /** The run that it belongs to. */
  rid: string | null
}

export interface HeartbeatList {
  heartbeats: Heartbeat[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

export interface Incident {
  id: string
  /** Its number in the account's row of incidents. */
  incidentNumber: string
  title: string
  /** The monitor that it is about, the first of several; null for one of no monitor. */
  monitorId: string | null
  /** As it was called when the incident opened. */
  monitorName: string | null
  /** All monitors that it is about. */
  monitors: IncidentMonitor[]
  /** The first failing check, or when people say that it began. */
  startedAt: string
  /** When it ended. */
  resolvedAt: string | null
  /** Seconds; it runs while the incident is open. */
  duration: number
  isResolved: boolean
  /** Whether people opened it. */
  isManual: boolean
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'
  status: 'active' | 'resolved'
  /** How far people are with it. */
  stage: 'investigating' | 'identified' | 'monitoring' | 'resolved'
  /** Whether status pages may show it. */
  isPublic: boolean
  /** Null while nobody knows. */
  rootCause: string | null
  rootCauseCategory:
    | 'DNS_FAILURE'
    | 'NETWORK_TIMEOUT'
    | 'CONNECTION_REFUSED'
    | 'SERVER_ERROR'
    | 'APPLICATION_ERROR'
    | 'DATABASE_ISSUE'
    | 'SSL_CERTIFICATE'
    | 'CONFIGURATION_ERROR'
    | 'DEPLOYMENT_ISSUE'
    | 'THIRD_PARTY_SERVICE'
    | 'INFRASTRUCTURE'
    | 'DDOS_ATTACK'
    | 'MAINTENANCE'
    | 'MISSED_HEARTBEAT'
    | 'UNKNOWN'
  affectedRegions: string[]
  /** Checks that confirmed it. */
  checksFailed: number
  checksTotal: number
  /** Seconds to the end; null while it is open. */
  mttr: number | null
  /** When someone took it on. */
  acknowledgedAt: string | null
  /** Who sees to it. */
  assignee: string | null
  /** Who took it on. */
  acknowledgedBy: IncidentActor | null
  /** Null: StatusApp itself. */
  openedBy: IncidentActor | null
  /** Who resolved it by hand. */
  resolvedBy: IncidentActor | null
  /** Why it ended; `manual`: people resolved it. */
  resolution: 'recovered' | 'monitor paused' | 'monitor deleted' | 'monitor disabled' | 'manual' | null
  /** What the failing check saw: status, headers, first 4 KB of the answer, trace. Null for manual ones. */
  evidence: unknown
  /** What happened, and what follows from it. */
  postMortem: string | null
  /** The timeline, oldest first. */
  updates: IncidentUpdate[]
  /** What is worth knowing of this answer. */
  warnings?: string[]
}

export interface IncidentActor {
  /** Id of the API key or the member. */
  id: string
  name: string
}

/** Only the given fields change; null gives back what the engine found, or the default. */
export interface IncidentChanges {
  /** What people call it. */
  title?: string | null
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Why it happened, in a sentence. */
  rootCause?: string | null
  rootCauseCategory?:
    | 'DNS_FAILURE'
    | 'NETWORK_TIMEOUT'
    | 'CONNECTION_REFUSED'
    | 'SERVER_ERROR'
    | 'APPLICATION_ERROR'
    | 'DATABASE_ISSUE'
    | 'SSL_CERTIFICATE'
    | 'CONFIGURATION_ERROR'
    | 'DEPLOYMENT_ISSUE'
    | 'THIRD_PARTY_SERVICE'
    | 'INFRASTRUCTURE'
    | 'DDOS_ATTACK'
    | 'MAINTENANCE'
    | 'MISSED_HEARTBEAT'
    | 'UNKNOWN'
    | null
  /** Who sees to it: a name or an e-mail address. */
  assignee?: string | null
  /** What happened, and what follows from it; plain text or Markdown. */
  postMortem?: string | null
  /** Whether status pages may show it. Default: true. */
  isPublic?: boolean | null
  /** Taken and ignored. */
  readonly id?: unknown
  /** Taken and ignored. */
  readonly incidentNumber?: unknown
  /** Taken and ignored. */
  readonly monitorId?: unknown
  /** Taken and ignored. */
  readonly monitorName?: unknown
  /** Taken and ignored. */
  readonly monitors?: unknown
  /** Taken and ignored. */
  readonly startedAt?: unknown
  /** Taken and ignored. */
  readonly resolvedAt?: unknown
  /** Taken and ignored. */
  readonly duration?: unknown
  /** Taken and ignored. */
  readonly isResolved?: unknown
  /** Taken and ignored. */
  readonly isManual?: unknown
  /** Taken and ignored. */
  readonly status?: unknown
  /** Taken and ignored. */
  readonly stage?: unknown
  /** Taken and ignored. */
  readonly affectedRegions?: unknown
  /** Taken and ignored. */
  readonly checksFailed?: unknown
  /** Taken and ignored. */
  readonly checksTotal?: unknown
  /** Taken and ignored. */
  readonly mttr?: unknown
  /** Taken and ignored. */
  readonly acknowledgedAt?: unknown
  /** Taken and ignored. */
  readonly acknowledgedBy?: unknown
  /** Taken and ignored. */
  readonly openedBy?: unknown
  /** Taken and ignored. */
  readonly resolvedBy?: unknown
  /** Taken and ignored. */
  readonly resolution?: unknown
  /** Taken and ignored. */
  readonly evidence?: unknown
  /** Taken and ignored. */
  readonly updates?: unknown
  /** Taken and ignored. */
  readonly warnings?: unknown
}

export interface IncidentList {
  incidents: IncidentRow[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

export interface IncidentMonitor {
  id: string
  /** As it was called when the incident opened. */
  name: string
  /** Its status now; null when it is gone. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE' | null
}

export interface IncidentRemoved {
  success: true
  message: string
}

export interface IncidentRow {
  id: string
  /** Its number in the account's row of incidents. */
  incidentNumber: string
  title: string
  /** The monitor that it is about, the first of several; null for one of no monitor. */
  monitorId: string | null
  /** As it was called when the incident opened. */
  monitorName: string | null
  /** All monitors that it is about. */
  monitors: IncidentMonitor[]
  /** The first failing check, or when people say that it began. */
  startedAt: string
  /** When it ended. */
  resolvedAt: string | null
  /** Seconds; it runs while the incident is open. */
  duration: number
  isResolved: boolean
  /** Whether people opened it. */
  isManual: boolean
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'
  status: 'active' | 'resolved'
  /** How far people are with it. */
  stage: 'investigating' | 'identified' | 'monitoring' | 'resolved'
  /** Whether status pages may show it. */
  isPublic: boolean
  /** Null while nobody knows. */
  rootCause: string | null
  rootCauseCategory:
    | 'DNS_FAILURE'
    | 'NETWORK_TIMEOUT'
    | 'CONNECTION_REFUSED'
    | 'SERVER_ERROR'
    | 'APPLICATION_ERROR'
    | 'DATABASE_ISSUE'
    | 'SSL_CERTIFICATE'
    | 'CONFIGURATION_ERROR'
    | 'DEPLOYMENT_ISSUE'
    | 'THIRD_PARTY_SERVICE'
    | 'INFRASTRUCTURE'
    | 'DDOS_ATTACK'
    | 'MAINTENANCE'
    | 'MISSED_HEARTBEAT'
    | 'UNKNOWN'
  affectedRegions: string[]
  /** Checks that confirmed it. */
  checksFailed: number
  checksTotal: number
  /** Seconds to the end; null while it is open. */
  mttr: number | null
  /** When someone took it on. */
  acknowledgedAt: string | null
  /** Who sees to it. */
  assignee: string | null
}

export interface IncidentUpdate {
  id: string
  /** When it was said. */
  at: string
  status: 'investigating' | 'identified' | 'monitoring' | 'update' | 'resolved'
  /** Plain text. */
  message: string
  /** Whether status pages may show it. */
  isPublic: boolean
  /** Who said it; null: StatusApp itself. */
  by: IncidentActor | null
}

export interface Invitation {
  id: string
  email: string
  /** What they may do. */
  role: 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER'
  status: 'PENDING' | 'ACCEPTED' | 'EXPIRED' | 'REVOKED'
  /** When it was first sent. */
  createdAt: string
  /** Seven days after it was sent, or sent again. */
  expiresAt: string
}

export interface InvitationList {
  invitations: Invitation[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

export interface MaintenanceOccurrence {
  /** When it begins. */
  startsAt: string
  /** When it ends. */
  endsAt: string
}

export interface MaintenanceRecurrence {
  /** How often it takes place again. */
  frequency: 'daily' | 'weekly' | 'monthly'
  /** Every so many days, weeks (from Monday) or months. */
  interval: number
  /** Weekly: on which days. Default: the day of `startsAt`. */
  weekdays?: ('MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT' | 'SUN')[]
  /** Monthly: on which day; -1 is the last one. A month without that day is left out. Default: that of `startsAt`. */
  dayOfMonth?: number
  /** Monthly, with `weekday`, instead of `dayOfMonth`: the first to fifth such day; -1 is the last one. */
  weekOfMonth?: number
  /** Monthly, with `weekOfMonth`. */
  weekday?: 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT' | 'SUN'
  /** No occurrence begins later. */
  until: string | null
  /** So many occurrences in all. */
  count: number | null
}

export interface MaintenanceWindow {
  id: string
  /** What people call it. */
  title: string
  /** What is done. */
  description: string | null
  /** When the first occurrence begins. */
  startsAt: string
  /** When the first occurrence ends. */
  endsAt: string
  /** Monitors that it is about; empty with `allMonitors`. */
  monitorIds: string[]
  /** Every monitor of the account, those made later too. */
  allMonitors: boolean
  /** Whose calendar and clocks it follows. */
  timezone: string
  /** Null: it takes place once. */
  recurrence: MaintenanceRecurrence | null
  /** SCHEDULED: it has yet to come, or to come again. COMPLETED: it comes no more. */
  status: 'SCHEDULED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED'
  /** The occurrence that is in progress. */
  currentOccurrence: MaintenanceOccurrence | null
  /** The next 3 that have yet to begin. */
  nextOccurrences: MaintenanceOccurrence[]
  /** When it was made. */
  createdAt: string
  /** When it last changed. */
  updatedAt: string
}

export interface MaintenanceWindowChanges {
  /** What people call it. */
  title?: string
  /** When the first occurrence begins, ISO 8601; without a zone of its own by the clocks of `timezone`. */
  startsAt?: string
  /** When the first occurrence ends, likewise. */
  endsAt?: string
  /** What is done; plain text. */
  description?: string | null
  /** Monitors that it is about. Empty or left out: every monitor of the account. */
  monitorIds?: string[] | null
  /** Every monitor of the account, those made later too. */
  allMonitors?: boolean | null
  /** IANA zone whose calendar and clocks a recurring window follows. */
  timezone?: string | null
  /** Null: it takes place once. A word alone is a frequency with all defaults. */
  recurrence?: NewMaintenanceRecurrence | 'none' | 'daily' | 'weekly' | 'monthly' | null
  /** Taken and ignored. */
  readonly id?: unknown
  /** Taken and ignored. */
  readonly status?: unknown
  /** Taken and ignored. */
  readonly currentOccurrence?: unknown
  /** Taken and ignored. */
  readonly nextOccurrences?: unknown
  /** Taken and ignored. */
  readonly createdAt?: unknown
  /** Taken and ignored. */
  readonly updatedAt?: unknown
}

export interface MaintenanceWindowList {
  maintenanceWindows: MaintenanceWindow[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

export interface Member {
  id: string
  email: string
  name: string
  /** What they may do. */
  role: 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER'
  status: 'ACTIVE'
  /** Since when they belong to the account. */
  acceptedAt: string
}

export interface MemberList {
  members: Member[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

/** A monitor with its whole configuration. Secrets are masked (`••••`); the mask sent back keeps them. */
export type Monitor =
  | WebsiteMonitor
  | ApiMonitor
  | GraphqlMonitor
  | PingMonitor
  | PortMonitor
  | DnsMonitor
  | SslCertMonitor
  | CronMonitor

export interface MonitorAnalytics {
  monitorId: string
  /** `custom` where the request says from when. */
  period: '24h' | '7d' | '30d' | '90d' | 'custom'
  /** Begin of the period, included. */
  from: string
  /** End of the period, left out. */
  to: string
  /** Percent of the known time in which it was up or degraded; null while nothing is known. */
  uptime: number | null
  /** Percent of the period about which something is known. */
  coverage: number | null
  /** What the uptime is made of; the parts add up to the period. */
  time: {
    /** Seconds in which it was up. */
    up: number
    /** Seconds in which it was up, but slow. */
    degraded: number
    /** Seconds in which it was down. */
    down: number
    /** Seconds about which nothing is known, or that do not count: paused or in maintenance. */
    noData: number
  }
  /** Mean response time, ms; null of none. */
  avgResponseTime: number | null
  /** Half of the response times are at most this, ms; null of none. */
  p50ResponseTime: number | null
  /** Nine in ten are at most this, ms; null of none. */
  p90ResponseTime: number | null
  /** 95 in 100 are at most this, ms; null of none. */
  p95ResponseTime: number | null
  /** 99 in 100 are at most this, ms; null of none. */
  p99ResponseTime: number | null
  /** All checks. */
  totalChecks: number
  /** Those that succeeded, slow ones too. */
  checksUp: number
  /** Of these the slow ones. */
  checksDegraded: number
  /** Those that failed. */
  checksDown: number
  /** Those that could not be made, by no fault of the target. */
  checksUnknown: number
  /** Incidents that touch the period. */
  incidents: number
  /** The same figures of each region that checked. */
  responseTimeByRegion: {
    region: string
    /** Mean response time, ms; null of none. */
    avgResponseTime: number | null
    /** Half of the response times are at most this, ms; null of none. */
    p50ResponseTime: number | null
    /** Nine in ten are at most this, ms; null of none. */
    p90ResponseTime: number | null
    /** 95 in 100 are at most this, ms; null of none. */
    p95ResponseTime: number | null
    /** 99 in 100 are at most this, ms; null of none. */
    p99ResponseTime: number | null
    /** All checks. */
    totalChecks: number
    /** Those that succeeded, slow ones too. */
    checksUp: number
    /** Of these the slow ones. */
    checksDegraded: number
    /** Those that failed. */
    checksDown: number
    /** Those that could not be made, by no fault of the target. */
    checksUnknown: number
  }[]
}

/** Fields to change; the others stay. Unknown fields are refused; those that only answers have are taken and ignored. `null` asks for the default. The type can't be changed. */
export type MonitorChanges =
  | WebsiteMonitorChanges
  | ApiMonitorChanges
  | GraphqlMonitorChanges
  | PingMonitorChanges
  | PortMonitorChanges
  | DnsMonitorChanges
  | SslCertMonitorChanges
  | CronMonitorChanges

export interface MonitorDay {
  date: string
  /** The worst of DOWN, DEGRADED and UP that happened; where none did, why. */
  status: 'UP' | 'DEGRADED' | 'DOWN' | 'MAINTENANCE' | 'PAUSED' | 'UNKNOWN' | 'NO_DATA'
  /** Percent of its known time. */
  uptime: number | null
  /** Seconds in which it was down. */
  down: number
  /** Incidents that touch the day. */
  incidents: number
}

export interface MonitorDays {
  monitorId: string
  /** Whose midnights part the days. */
  timezone: string
  /** The last 90 days, oldest first, today last. */
  days: MonitorDay[]
}

export interface MonitorList {
  monitors: MonitorRow[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

/** A monitor as lists show it. */
export interface MonitorRow {
  /** Id of the monitor. */
  id: string
  /** What people call it. */
  name: string
  /** What is watched; passwords are masked. */
  url: string | null
  /** What kind of check it is. */
  type: 'WEBSITE' | 'API' | 'GRAPHQL' | 'PING' | 'PORT' | 'DNS' | 'SSL_CERT' | 'CRON'
  /** `PENDING`: not yet known, or not to be measured now; `statusReason` says why. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Seconds between checks. */
  interval: number
  /** Seconds within which a check must end. */
  timeout: number
  /** Switched off monitors are not checked. */
  isActive: boolean
  /** Whether it is paused. */
  isPaused: boolean
  /** Labels to filter by. */
  tags: string[]
  /** When it was last checked. */
  lastCheckedAt: string | null
  /** Mean response time of the last 24 hours in ms; null while nothing is known. */
  avgResponseTime24h: number | null
  /** Percent of the last 90 days; null while nothing is known. */
  uptime90d: number | null
  /** When it was made. */
  createdAt: string
  /** When its configuration last changed. */
  updatedAt: string
  /** Of CRON: where the job reports. Masked once the monitor has an address of its own. */
  heartbeatUrl?: string
}

export interface NewApiKey {
  /** What the key is for. */
  name: string
  /** What it may do: a list, or a text with commas between. None implies another. */
  permissions?: ('read' | 'write' | 'delete' | 'admin')[] | string
  /** When it stops working, ISO 8601; null: never. */
  expiresAt?: string | null
  /** Says the same from now on: seconds, or a length of time such as `90d`, `12h`, `4w`, `1y`. */
  expiresIn?: number | string | null
  /** Taken and ignored. */
  readonly id?: unknown
  /** Taken and ignored. */
  readonly prefix?: unknown
  /** Taken and ignored. */
  readonly createdAt?: unknown
  /** Taken and ignored. */
  readonly lastUsedAt?: unknown
  /** Taken and ignored. */
  readonly revokedAt?: unknown
  /** Taken and ignored. */
  readonly isActive?: unknown
}

export interface NewApiKeyAnswer {
  id: string
  /** What it is for. */
  name: string
  /** Its first characters, to recognise it by. */
  prefix: string
  /** What it may do; none implies another. */
  permissions: ('read' | 'write' | 'delete' | 'admin')[]
  /** False once it has expired or was revoked. */
  isActive: boolean
  /** When it was made. */
  createdAt: string
  /** When it was used last, within some seconds; null while it never was. */
  lastUsedAt: string | null
  /** When it stops working; null: never. */
  expiresAt: string | null
  /** When it was revoked. */
  revokedAt: string | null
  /** The key itself. It is shown this once and kept nowhere. */
  key: string
}

/** An HTTP API answers a request with a good status and, if asked, the right words. */
export interface NewApiMonitor {
  /** What people call it. Need not be unique. */
  name: string
  /** What is watched. Not needed for CRON. */
  url: string
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type: 'API'
  /** Method of the request. */
  httpMethod?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | null
  /** Status codes that count as up: a number, or numbers and ranges with commas. Left at its default, it does not count where an assertion looks at `status`: that one decides alone. */
  expectedStatusCode?: number | string | null
  /** Headers of the request: an object, or a JSON string of one. They are sent to the origin of the monitor only, never to another one that it redirects to. */
  requestHeaders?: string | { [name: string]: string } | null
  /** Body of the request, as text. Without a Content-Type header it is sent as application/json when it is JSON, else as text/plain. */
  requestBody?: string | null
  /** Follow redirects, at most 10, and judge the last answer. Off: judge the redirect itself. */
  followRedirects?: boolean | null
  /** Require a valid certificate for the host, signed by an authority that Node, the system or NODE_EXTRA_CA_CERTS trusts. */
  verifySsl?: boolean | null
  /** Text that must be in the body, or a list of which all must be. Searched after decompression, in the charset of the page. */
  keyword?: string | string[] | null
  /** Text that must not be in the body, or a list of which none may be. */
  keywordAbsent?: string | string[] | null
  /** Whether capitals matter in keyword and keywordAbsent. */
  keywordCaseSensitive?: boolean | null
  /** What must be true of the answer: a list of `source` (`status`, `header`, `body`, `json`, `responseTime`, `certificateDays`), `path` (JSONPath of RFC 9535 for `json`, a name for `header`), `comparison` and `target`. Expressions of `matches` are those of RE2. */
  assertions?: Assertion[] | null
  /** JSON Schema (2020-12, or draft-07 by its `$schema`) that the body must fit. Each `$ref` stays within it; `format` is not checked. */
  responseSchema?: { [name: string]: unknown } | null
  /** Connect over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** How much of the body is read and judged, in bytes, counted after decompression. A longer body is no failure by itself, but fails assertions and schemas that need all of its JSON; the rest is not downloaded. */
  maxBodyBytes?: number | null
  apiAuthConfig?: ApiAuth | null
  /** Proxy to go through: http:// (by CONNECT, for targets without TLS too), socks5:// or socks5h://, with user:password@ where it asks for them. It looks up the name of the target, except for socks5://. */
  proxyUrl?: string | null
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string | null
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string | null
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string | null
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string | null
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays?: number | number[] | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

/** A scheduled job sends heartbeats when it should. */
export interface NewCronMonitor {
  /** What people call it. Need not be unique. */
  name: string
  /** What is watched. Not needed for CRON. */
  url?: string | null
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between beats, unless a schedule is given. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type: 'CRON'
  /** When the job runs: a cron expression of five fields, or six with seconds first. Left out: every `interval`. */
  schedule?: string | null
  /** IANA time zone in which `schedule` is meant. */
  timezone?: string | null
  /** Seconds that a heartbeat may be late before it counts as missed. */
  gracePeriod?: number | null
  /** Seconds that a run may take from its start signal to its end; null sets no limit. */
  maxDuration?: number | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

/** A DNS server answers for a name, and its records are as expected. */
export interface NewDnsMonitor {
  /** What people call it. Need not be unique. */
  name: string
  /** What is watched. Not needed for CRON. */
  url: string
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type: 'DNS'
  /** Type of the records that are asked for. PTR takes an address as `url` too. */
  dnsRecord?: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT' | 'NS' | 'SOA' | 'SRV' | 'CAA' | 'PTR' | null
  /** What the records must say: a value, or a list of them; left out, any record will do. Order, capitals (but in TXT) and a final dot do not matter. MX as `10 mx1.example.com` or `mx1.example.com`, SRV also as `host:port`, CAA also by its value, SOA also by its primary server or serial. A leading `!` means that no record may say so (write `\!` for a record that begins with `!`). */
  expectedValue?: string | string[] | null
  /** Another name for `expectedValue`; give one of the two. */
  expectedIp?: string | string[] | null
  /** `all`: every expected value is among the records, which may hold more. `any`: at least one is. `exact`: the records are these and no others. `contains`: each expected text is part of a record. */
  dnsMatch?: 'any' | 'all' | 'exact' | 'contains' | null
  /** The server to ask, as `address`, `address:port`, `[IPv6]:port`, or by name. Left out: the resolvers of the machine that checks. */
  dnsServer?: string | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

/** A GraphQL API runs an operation without errors. */
export interface NewGraphqlMonitor {
  /** What people call it. Need not be unique. */
  name: string
  /** What is watched. Not needed for CRON. */
  url: string
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type: 'GRAPHQL'
  /** The operation: a query, or a mutation. */
  graphqlQuery: string
  /** Variables of the operation: an object, or a JSON string of one. */
  graphqlVariables?: string | { [name: string]: unknown } | null
  /** Which operation of `graphqlQuery` is run, where it holds several. */
  graphqlOperationName?: string | null
  /** Whether an answer with `errors` beside data counts as up. Without any data it is down in any case. */
  graphqlAllowPartial?: boolean | null
  /** POST sends the operation as a JSON body, GET in the query of the URL. */
  httpMethod?: 'POST' | 'GET' | null
  /** Status codes that count as up: a number, or numbers and ranges with commas. Left at its default, it does not count where an assertion looks at `status`: that one decides alone. */
  expectedStatusCode?: number | string | null
  /** Headers of the request: an object, or a JSON string of one. They are sent to the origin of the monitor only, never to another one that it redirects to. */
  requestHeaders?: string | { [name: string]: string } | null
  /** Follow redirects, at most 10, and judge the last answer. Off: judge the redirect itself. */
  followRedirects?: boolean | null
  /** Require a valid certificate for the host, signed by an authority that Node, the system or NODE_EXTRA_CA_CERTS trusts. */
  verifySsl?: boolean | null
  /** Text that must be in the body, or a list of which all must be. Searched after decompression, in the charset of the page. */
  keyword?: string | string[] | null
  /** Text that must not be in the body, or a list of which none may be. */
  keywordAbsent?: string | string[] | null
  /** Whether capitals matter in keyword and keywordAbsent. */
  keywordCaseSensitive?: boolean | null
  /** What must be true of the answer: a list of `source` (`status`, `header`, `body`, `json`, `responseTime`, `certificateDays`), `path` (JSONPath of RFC 9535 for `json`, a name for `header`), `comparison` and `target`. Expressions of `matches` are those of RE2. */
  assertions?: Assertion[] | null
  /** JSON Schema (2020-12, or draft-07 by its `$schema`) that the body must fit. Each `$ref` stays within it; `format` is not checked. */
  responseSchema?: { [name: string]: unknown } | null
  /** Connect over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** How much of the body is read and judged, in bytes, counted after decompression. A longer body is no failure by itself, but fails assertions and schemas that need all of its JSON; the rest is not downloaded. */
  maxBodyBytes?: number | null
  apiAuthConfig?: ApiAuth | null
  /** Proxy to go through: http:// (by CONNECT, for targets without TLS too), socks5:// or socks5h://, with user:password@ where it asks for them. It looks up the name of the target, except for socks5://. */
  proxyUrl?: string | null
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string | null
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string | null
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string | null
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string | null
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays?: number | number[] | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

export interface NewHeartbeatUrl {
  /** Id of the monitor. */
  id: string
  /** Of CRON: where the job reports. Masked once the monitor has an address of its own. */
  heartbeatUrl: string
}

export interface NewIncident {
  /** What people call it. */
  title: string
  /** Monitors that it is about; none is fine. */
  monitorIds?: string[] | null
  status?: 'investigating' | 'identified' | 'monitoring' | 'resolved' | null
  /** First entry of its timeline. Default: the title. */
  message?: string | null
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Whether status pages may show it. Default: true. */
  isPublic?: boolean | null
  /** Why it happened, in a sentence. */
  rootCause?: string | null
  rootCauseCategory?:
    | 'DNS_FAILURE'
    | 'NETWORK_TIMEOUT'
    | 'CONNECTION_REFUSED'
    | 'SERVER_ERROR'
    | 'APPLICATION_ERROR'
    | 'DATABASE_ISSUE'
    | 'SSL_CERTIFICATE'
    | 'CONFIGURATION_ERROR'
    | 'DEPLOYMENT_ISSUE'
    | 'THIRD_PARTY_SERVICE'
    | 'INFRASTRUCTURE'
    | 'DDOS_ATTACK'
    | 'MAINTENANCE'
    | 'MISSED_HEARTBEAT'
    | 'UNKNOWN'
    | null
  /** Who sees to it: a name or an e-mail address. */
  assignee?: string | null
  /** When it began, ISO 8601. Default: now. */
  startedAt?: string | null
}

export interface NewIncidentUpdate {
  status?: 'investigating' | 'identified' | 'monitoring' | 'update' | 'resolved' | null
  /** What to tell; plain text. */
  message: string
  /** Whether status pages may show this entry. Default: as the incident. */
  isPublic?: boolean | null
}

export interface NewMaintenanceRecurrence {
  /** How often it takes place again. */
  frequency: 'daily' | 'weekly' | 'monthly'
  /** Every so many days, weeks (from Monday) or months. */
  interval?: number | null
  /** Weekly: on which days. Default: the day of `startsAt`. */
  weekdays?: ('MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT' | 'SUN')[] | null
  /** Monthly: on which day; -1 is the last one. A month without that day is left out. Default: that of `startsAt`. */
  dayOfMonth?: number | null
  /** Monthly, with `weekday`, instead of `dayOfMonth`: the first to fifth such day; -1 is the last one. */
  weekOfMonth?: number | null
  weekday?: 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT' | 'SUN' | null
  /** No occurrence begins later; a date counts whole. */
  until?: string | null
  /** So many occurrences in all. */
  count?: number | null
}

export interface NewMaintenanceWindow {
  /** What people call it. */
  title: string
  /** When the first occurrence begins, ISO 8601; without a zone of its own by the clocks of `timezone`. */
  startsAt: string
  /** When the first occurrence ends, likewise. */
  endsAt: string
  /** What is done; plain text. */
  description?: string | null
  /** Monitors that it is about. Empty or left out: every monitor of the account. */
  monitorIds?: string[] | null
  /** Every monitor of the account, those made later too. */
  allMonitors?: boolean | null
  /** IANA zone whose calendar and clocks a recurring window follows. */
  timezone?: string | null
  /** Null: it takes place once. A word alone is a frequency with all defaults. */
  recurrence?: NewMaintenanceRecurrence | 'none' | 'daily' | 'weekly' | 'monthly' | null
  /** Taken and ignored. */
  readonly id?: unknown
  /** Taken and ignored. */
  readonly status?: unknown
  /** Taken and ignored. */
  readonly currentOccurrence?: unknown
  /** Taken and ignored. */
  readonly nextOccurrences?: unknown
  /** Taken and ignored. */
  readonly createdAt?: unknown
  /** Taken and ignored. */
  readonly updatedAt?: unknown
}

/** A monitor to make. Unknown fields are refused; those that only answers have are taken and ignored. `null` asks for the default. */
export type NewMonitor =
  | NewWebsiteMonitor
  | NewApiMonitor
  | NewGraphqlMonitor
  | NewPingMonitor
  | NewPortMonitor
  | NewDnsMonitor
  | NewSslCertMonitor
  | NewCronMonitor

export interface NewNotificationChannel {
  /** What people call it. */
  name: string
  /** What kind of channel it is. */
  type: 'WEBHOOK'
  config: WebhookConfig
  /** Events that it gets. Default: the monitor, regression and certificate events. A list, or a text with commas between. */
  events?:
    | (
        | 'monitor.down'
        | 'monitor.up'
        | 'monitor.degraded'
        | 'regression.detected'
        | 'regression.resolved'
        | 'ssl.expiring'
        | 'incident.created'
        | 'incident.updated'
        | 'incident.resolved'
      )[]
    | string
    | null
  /** False: only monitors that name it in notificationChannelIds. */
  allMonitors?: boolean | null
  /** False: it gets nothing. */
  isActive?: boolean | null
  /** Taken and ignored. */
  readonly id?: unknown
  /** Taken and ignored. */
  readonly lastStatus?: unknown
  /** Taken and ignored. */
  readonly lastTriggeredAt?: unknown
  /** Taken and ignored. */
  readonly createdAt?: unknown
  /** Taken and ignored. */
  readonly updatedAt?: unknown
}

/** A host answers ping, with no more packets lost than allowed. */
export interface NewPingMonitor {
  /** What people call it. Need not be unique. */
  name: string
  /** What is watched. Not needed for CRON. */
  url: string
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type: 'PING'
  /** Echo requests sent in one check, a fifth of a second apart, or closer when the timeout is short. */
  packets?: number | null
  /** Percent of the packets that may get lost; more is DOWN. The default asks for one reply; 0 asks for every one. */
  maxPacketLoss?: number | null
  /** Bytes of data in a packet. Over IPv4, 1472 fill an Ethernet frame. */
  packetSize?: number | null
  /** Ping over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

/** A TCP port takes connections or a UDP port answers, and if asked, says the right words. */
export interface NewPortMonitor {
  /** What people call it. Need not be unique. */
  name: string
  /** What is watched. Not needed for CRON. */
  url: string
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type: 'PORT'
  /** The port; it may stand in the url instead, such as `tcp://example.com:5432`. */
  port?: number | null
  /** Left out: TCP, or UDP where the url begins with `udp://`. */
  protocol?: 'TCP' | 'UDP' | null
  /** Text that is sent: over TCP after connecting, over UDP as the datagram (an empty one without it). Bytes are written as `\r`, `\n`, `\t`, `\0`, `\xHH`; a backslash as `\\`. */
  sendData?: string | null
  /** Text that must be in the first 64 KiB of the answer. Bytes are written as `\r`, `\n`, `\t`, `\0`, `\xHH`; a backslash as `\\`. */
  expectData?: string | null
  /** Connect over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

/** A TLS server has a certificate that is valid, trusted and for its name, and not about to end. */
export interface NewSslCertMonitor {
  /** What people call it. Need not be unique. */
  name: string
  /** What is watched. Not needed for CRON. */
  url: string
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type: 'SSL_CERT'
  /** Port of the TLS server. It may stand in the address as well; 443 where neither says. */
  port?: number | null
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string | null
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string | null
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string | null
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string | null
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays?: number | number[] | null
  /** Connect over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

export interface NewStatusPage {
  /** What people call it; its heading. */
  name: string
  /** Its address under `/s/`: a to z, 0 to 9 and -. Unique over the whole instance. */
  slug: string
  /** A host name of your own under which it is shown. */
  customDomain?: string | null
  /** Whether everybody may see it. */
  isPublic?: boolean | null
  /** Some lines under the heading. */
  description?: string | null
  /** Whose page it is. */
  companyName?: string | null
  theme?: 'light' | 'dark' | 'system' | null
  /** A colour of your own. */
  brandColor?: string | null
  /** Address of a logo. */
  logoUrl?: string | null
  /** Address of the small picture that browsers show. */
  faviconUrl?: string | null
  /** An IANA time zone, whose midnights part the days. Null: that of the account. */
  timezone?: string | null
  /** In their order. Those that are named in `monitors` only are made where this is left out. */
  groups?: StatusPageGroupFields[] | null
  /** In their order. What is left out of one that is on the page stays as it is. */
  monitors?: StatusPageMonitorFields[] | null
  /** A short form of `monitors`. */
  monitorIds?: string[] | null
  /** Taken and ignored. */
  readonly id?: unknown
  /** Taken and ignored. */
  readonly url?: unknown
  /** Taken and ignored. */
  readonly status?: unknown
  /** Taken and ignored. */
  readonly statusText?: unknown
  /** Taken and ignored. */
  readonly monitorCount?: unknown
  /** Taken and ignored. */
  readonly createdAt?: unknown
  /** Taken and ignored. */
  readonly updatedAt?: unknown
}

/** A web page answers with a good status and, if asked, the right words. */
export interface NewWebsiteMonitor {
  /** What people call it. Need not be unique. */
  name: string
  /** What is watched. Not needed for CRON. */
  url: string
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type?: 'WEBSITE' | 'HTTP' | 'HTTPS'
  /** Method of the request. */
  httpMethod?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | null
  /** Status codes that count as up: a number, or numbers and ranges with commas. Left at its default, it does not count where an assertion looks at `status`: that one decides alone. */
  expectedStatusCode?: number | string | null
  /** Headers of the request: an object, or a JSON string of one. They are sent to the origin of the monitor only, never to another one that it redirects to. */
  requestHeaders?: string | { [name: string]: string } | null
  /** Body of the request, as text. Without a Content-Type header it is sent as application/json when it is JSON, else as text/plain. */
  requestBody?: string | null
  /** Follow redirects, at most 10, and judge the last answer. Off: judge the redirect itself. */
  followRedirects?: boolean | null
  /** Require a valid certificate for the host, signed by an authority that Node, the system or NODE_EXTRA_CA_CERTS trusts. */
  verifySsl?: boolean | null
  /** Text that must be in the body, or a list of which all must be. Searched after decompression, in the charset of the page. */
  keyword?: string | string[] | null
  /** Text that must not be in the body, or a list of which none may be. */
  keywordAbsent?: string | string[] | null
  /** Whether capitals matter in keyword and keywordAbsent. */
  keywordCaseSensitive?: boolean | null
  /** What must be true of the answer: a list of `source` (`status`, `header`, `body`, `json`, `responseTime`, `certificateDays`), `path` (JSONPath of RFC 9535 for `json`, a name for `header`), `comparison` and `target`. Expressions of `matches` are those of RE2. */
  assertions?: Assertion[] | null
  /** JSON Schema (2020-12, or draft-07 by its `$schema`) that the body must fit. Each `$ref` stays within it; `format` is not checked. */
  responseSchema?: { [name: string]: unknown } | null
  /** Connect over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** How much of the body is read and judged, in bytes, counted after decompression. A longer body is no failure by itself, but fails assertions and schemas that need all of its JSON; the rest is not downloaded. */
  maxBodyBytes?: number | null
  apiAuthConfig?: ApiAuth | null
  /** Proxy to go through: http:// (by CONNECT, for targets without TLS too), socks5:// or socks5h://, with user:password@ where it asks for them. It looks up the name of the target, except for socks5://. */
  proxyUrl?: string | null
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string | null
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string | null
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string | null
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string | null
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays?: number | number[] | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

export interface NotificationChannel {
  id: string
  name: string
  /** What kind of channel it is. */
  type: string
  config: ShownWebhookConfig
  /** Events that it gets. */
  events: (
    | 'monitor.down'
    | 'monitor.up'
    | 'monitor.degraded'
    | 'regression.detected'
    | 'regression.resolved'
    | 'ssl.expiring'
    | 'incident.created'
    | 'incident.updated'
    | 'incident.resolved'
  )[]
  /** False: only monitors that name it in notificationChannelIds. */
  allMonitors: boolean
  /** False: it gets nothing. */
  isActive: boolean
  /** How its newest delivery went. */
  lastStatus: 'pending' | 'delivered' | 'failed' | null
  /** When that was. */
  lastTriggeredAt: string | null
  /** When it was made. */
  createdAt: string
  /** When it last changed. */
  updatedAt: string
}

export interface NotificationChannelChanges {
  /** What people call it. */
  name?: string
  /** What kind of channel it is. */
  type?: 'WEBHOOK'
  config?: WebhookConfigChanges
  /** Events that it gets. Default: the monitor, regression and certificate events. A list, or a text with commas between. */
  events?:
    | (
        | 'monitor.down'
        | 'monitor.up'
        | 'monitor.degraded'
        | 'regression.detected'
        | 'regression.resolved'
        | 'ssl.expiring'
        | 'incident.created'
        | 'incident.updated'
        | 'incident.resolved'
      )[]
    | string
    | null
  /** False: only monitors that name it in notificationChannelIds. */
  allMonitors?: boolean | null
  /** False: it gets nothing. */
  isActive?: boolean | null
  /** Taken and ignored. */
  readonly id?: unknown
  /** Taken and ignored. */
  readonly lastStatus?: unknown
  /** Taken and ignored. */
  readonly lastTriggeredAt?: unknown
  /** Taken and ignored. */
  readonly createdAt?: unknown
  /** Taken and ignored. */
  readonly updatedAt?: unknown
}

export interface NotificationChannelList {
  channels: NotificationChannel[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

export interface NotificationWish {
  /** Channel type, such as WEBHOOK. */
  type: string
  /** False: left out. */
  enabled?: boolean
  /** The channel type's own fields. */
  config: { [name: string]: unknown }
}

export interface OpenInvitation {
  email: string
  /** What they may do. */
  role: 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER'
  accountName: string
  status: 'PENDING' | 'ACCEPTED' | 'EXPIRED' | 'REVOKED'
  /** Until when it can be accepted. */
  expiresAt: string
  /** Whether this address has a log-in already, whose password is asked for. */
  hasUser: boolean
}

export interface PauseState {
  /** Id of the monitor. */
  id: string
  isPaused: boolean
  /** `PENDING`: not yet known, or not to be measured now; `statusReason` says why. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
}

/** A host answers ping, with no more packets lost than allowed. */
export interface PingMonitor {
  /** Id of the monitor. */
  id: string
  /** What people call it. */
  name: string
  /** What is watched; passwords are masked. */
  url: string | null
  type: 'PING'
  /** `PENDING`: not yet known, or not to be measured now; `statusReason` says why. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Seconds between checks. */
  interval: number
  /** Seconds within which a check must end. */
  timeout: number
  /** Switched off monitors are not checked. */
  isActive: boolean
  /** Whether it is paused. */
  isPaused: boolean
  /** Labels to filter by. */
  tags: string[]
  /** When it was last checked. */
  lastCheckedAt: string | null
  /** Mean response time of the last 24 hours in ms; null while nothing is known. */
  avgResponseTime24h: number | null
  /** Percent of the last 90 days; null while nothing is known. */
  uptime90d: number | null
  /** When it was made. */
  createdAt: string
  /** When its configuration last changed. */
  updatedAt: string
  /** Codes of the regions that check it. */
  enabledRegions: string[]
  /** Failures in a row that confirm an outage. */
  confirmationChecks: number
  /** Successes in a row that confirm a recovery. */
  recoveryChecks: number
  /** How many regions must fail before it is DOWN. */
  regionQuorum: 'any' | 'majority' | 'all' | number
  /** A failing check is the good state. */
  upsideDown: boolean
  /** Channels that are told. */
  notificationChannelIds: string[]
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn: string[]
  /** Watch for slower responses than usual. */
  regressionEnabled: boolean
  /** Percent. */
  regressionThreshold: number
  /** Days of the baseline. */
  regressionPeriod: number
  /** Notes for people. */
  description: string | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold: number | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Echo requests sent in one check, a fifth of a second apart, or closer when the timeout is short. */
  packets: number
  /** Percent of the packets that may get lost; more is DOWN. The default asks for one reply; 0 asks for every one. */
  maxPacketLoss: number
  /** Bytes of data in a packet. Over IPv4, 1472 fill an Ethernet frame. */
  packetSize: number
  /** Ping over this version of IP only. */
  ipVersion: 4 | 6 | 'any'
  /** Since when it has its status. */
  statusSince: string | null
  /** Why its status is not known. */
  statusReason: string | null
  /** What is allowed but will not do what it seems to. */
  warnings: string[]
}

/** A host answers ping, with no more packets lost than allowed. */
export interface PingMonitorChanges {
  /** What people call it. Need not be unique. */
  name?: string | null
  /** What is watched. Not needed for CRON. */
  url?: string | null
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type?: 'PING'
  /** Echo requests sent in one check, a fifth of a second apart, or closer when the timeout is short. */
  packets?: number | null
  /** Percent of the packets that may get lost; more is DOWN. The default asks for one reply; 0 asks for every one. */
  maxPacketLoss?: number | null
  /** Bytes of data in a packet. Over IPv4, 1472 fill an Ethernet frame. */
  packetSize?: number | null
  /** Ping over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

export interface PingTaken {
  success: true
  monitorId: string
  /** When it came. */
  timestamp: string
}

/** JSON, a form or plain text, up to 10 KB. It never makes a ping fail. */
export interface PingWords {
  message?: string
  error?: string
  /** Pairs a start with its end where runs overlap. */
  rid?: string
  /** How long the job took, in ms. */
  duration?: number
  /** Exit status of the job. */
  exitStatus?: number
}

/** What the plan gives. */
export interface PlanLimits {
  /** API requests an hour. */
  requestsPerHour: number
  /** Shortest interval of a monitor in seconds. */
  shortestInterval: number
  /** Days for which single check results are kept. Null: as many as you like. */
  rawRetentionDays: number | null
  /** Monitors. Null: as many as you like. */
  monitors: number | null
  /** Status pages. Null: as many as you like. */
  statusPages: number | null
  /** Members, with open invitations. Null: as many as you like. */
  seats: number | null
}

/** A TCP port takes connections or a UDP port answers, and if asked, says the right words. */
export interface PortMonitor {
  /** Id of the monitor. */
  id: string
  /** What people call it. */
  name: string
  /** What is watched; passwords are masked. */
  url: string | null
  type: 'PORT'
  /** `PENDING`: not yet known, or not to be measured now; `statusReason` says why. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Seconds between checks. */
  interval: number
  /** Seconds within which a check must end. */
  timeout: number
  /** Switched off monitors are not checked. */
  isActive: boolean
  /** Whether it is paused. */
  isPaused: boolean
  /** Labels to filter by. */
  tags: string[]
  /** When it was last checked. */
  lastCheckedAt: string | null
  /** Mean response time of the last 24 hours in ms; null while nothing is known. */
  avgResponseTime24h: number | null
  /** Percent of the last 90 days; null while nothing is known. */
  uptime90d: number | null
  /** When it was made. */
  createdAt: string
  /** When its configuration last changed. */
  updatedAt: string
  /** Codes of the regions that check it. */
  enabledRegions: string[]
  /** Failures in a row that confirm an outage. */
  confirmationChecks: number
  /** Successes in a row that confirm a recovery. */
  recoveryChecks: number
  /** How many regions must fail before it is DOWN. */
  regionQuorum: 'any' | 'majority' | 'all' | number
  /** A failing check is the good state. */
  upsideDown: boolean
  /** Channels that are told. */
  notificationChannelIds: string[]
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn: string[]
  /** Watch for slower responses than usual. */
  regressionEnabled: boolean
  /** Percent. */
  regressionThreshold: number
  /** Days of the baseline. */
  regressionPeriod: number
  /** Notes for people. */
  description: string | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold: number | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** The port; it may stand in the url instead, such as `tcp://example.com:5432`. */
  port?: number
  /** Left out: TCP, or UDP where the url begins with `udp://`. */
  protocol?: 'TCP' | 'UDP'
  /** Text that is sent: over TCP after connecting, over UDP as the datagram (an empty one without it). Bytes are written as `\r`, `\n`, `\t`, `\0`, `\xHH`; a backslash as `\\`. */
  sendData?: string
  /** Text that must be in the first 64 KiB of the answer. Bytes are written as `\r`, `\n`, `\t`, `\0`, `\xHH`; a backslash as `\\`. */
  expectData?: string
  /** Connect over this version of IP only. */
  ipVersion: 4 | 6 | 'any'
  /** Since when it has its status. */
  statusSince: string | null
  /** Why its status is not known. */
  statusReason: string | null
  /** What is allowed but will not do what it seems to. */
  warnings: string[]
}

/** A TCP port takes connections or a UDP port answers, and if asked, says the right words. */
export interface PortMonitorChanges {
  /** What people call it. Need not be unique. */
  name?: string | null
  /** What is watched. Not needed for CRON. */
  url?: string | null
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type?: 'PORT'
  /** The port; it may stand in the url instead, such as `tcp://example.com:5432`. */
  port?: number | null
  /** Left out: TCP, or UDP where the url begins with `udp://`. */
  protocol?: 'TCP' | 'UDP' | null
  /** Text that is sent: over TCP after connecting, over UDP as the datagram (an empty one without it). Bytes are written as `\r`, `\n`, `\t`, `\0`, `\xHH`; a backslash as `\\`. */
  sendData?: string | null
  /** Text that must be in the first 64 KiB of the answer. Bytes are written as `\r`, `\n`, `\t`, `\0`, `\xHH`; a backslash as `\\`. */
  expectData?: string | null
  /** Connect over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

export interface Regression {
  /** Watch for slower responses than usual. */
  regressionEnabled: boolean
  /** Percent. */
  regressionThreshold: number
  /** Days of the baseline. */
  regressionPeriod: number
  /** What is usual, ms; null while there is no baseline. */
  baselineResponseTime: number | null
  /** When the baseline was worked out. */
  baselineCalculatedAt: string | null
  /** Whether it is slower than usual now. */
  isRegressed: boolean
}

export interface RemovedMonitor {
  success: true
  message: string
}

export interface RemovedNotificationChannel {
  success: true
  message: string
}

export interface RemovedStatusPage {
  success: true
  message: string
}

/** Last entry of its timeline; may be left out. */
export interface ResolveIncident {
  /** What to tell; plain text. */
  message?: string | null
  /** Whether status pages may show this entry. Default: as the incident. */
  isPublic?: boolean | null
}

/** Response times in ms; null where nothing was measured. */
export interface ResponseTimePoint {
  /** Begin of the bucket, or when the check was due. */
  at: string
  /** Null: all regions together. */
  region: string | null
  /** How many response times it is made of. */
  count: number
  average: number | null
  p50: number | null
  p95: number | null
  p99: number | null
}

export interface ResponseTimes {
  monitorId: string
  resolution: 'raw' | 'minute' | 'hour' | 'day'
  /** Begin of the range, included. */
  from: string
  /** End of the range, left out. */
  to: string
  /** Oldest first, then by region; a gap is a point without values. */
  series: ResponseTimePoint[]
}

export interface RotatedApiKey {
  id: string
  /** What it is for. */
  name: string
  /** Its first characters, to recognise it by. */
  prefix: string
  /** What it may do; none implies another. */
  permissions: ('read' | 'write' | 'delete' | 'admin')[]
  /** False once it has expired or was revoked. */
  isActive: boolean
  /** When it was made. */
  createdAt: string
  /** When it was used last, within some seconds; null while it never was. */
  lastUsedAt: string | null
  /** When it stops working; null: never. */
  expiresAt: string | null
  /** When it was revoked. */
  revokedAt: string | null
  /** The key itself. It is shown this once and kept nowhere. */
  key: string
  replaces: {
    /** The old key. */
    id: string
    /** Until when the old key still works. */
    expiresAt: string | null
  }
}

export interface SentInvitation {
  id: string
  email: string
  /** What they may do. */
  role: 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER'
  status: 'PENDING' | 'ACCEPTED' | 'EXPIRED' | 'REVOKED'
  /** When it was first sent. */
  createdAt: string
  /** Seven days after it was sent, or sent again. */
  expiresAt: string
  /** The link to pass on. It is shown this once. */
  url: string
}

/** Its own fields; secrets are masked (`••••`). */
export interface ShownWebhookConfig {
  /** Where events are posted to: http or https. Redirects are not followed. */
  url?: string
  /** Signs each delivery. Made when left out, and shown once. */
  secret?: string
  /** Sent with each delivery, such as an Authorization of your own. */
  headers?: { [name: string]: string }
}

/** A TLS server has a certificate that is valid, trusted and for its name, and not about to end. */
export interface SslCertMonitor {
  /** Id of the monitor. */
  id: string
  /** What people call it. */
  name: string
  /** What is watched; passwords are masked. */
  url: string | null
  type: 'SSL_CERT'
  /** `PENDING`: not yet known, or not to be measured now; `statusReason` says why. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Seconds between checks. */
  interval: number
  /** Seconds within which a check must end. */
  timeout: number
  /** Switched off monitors are not checked. */
  isActive: boolean
  /** Whether it is paused. */
  isPaused: boolean
  /** Labels to filter by. */
  tags: string[]
  /** When it was last checked. */
  lastCheckedAt: string | null
  /** Mean response time of the last 24 hours in ms; null while nothing is known. */
  avgResponseTime24h: number | null
  /** Percent of the last 90 days; null while nothing is known. */
  uptime90d: number | null
  /** When it was made. */
  createdAt: string
  /** When its configuration last changed. */
  updatedAt: string
  /** Codes of the regions that check it. */
  enabledRegions: string[]
  /** Failures in a row that confirm an outage. */
  confirmationChecks: number
  /** Successes in a row that confirm a recovery. */
  recoveryChecks: number
  /** How many regions must fail before it is DOWN. */
  regionQuorum: 'any' | 'majority' | 'all' | number
  /** A failing check is the good state. */
  upsideDown: boolean
  /** Channels that are told. */
  notificationChannelIds: string[]
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn: string[]
  /** Watch for slower responses than usual. */
  regressionEnabled: boolean
  /** Percent. */
  regressionThreshold: number
  /** Days of the baseline. */
  regressionPeriod: number
  /** Notes for people. */
  description: string | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold: number | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Port of the TLS server. It may stand in the address as well; 443 where neither says. */
  port?: number
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays: number | number[]
  /** Connect over this version of IP only. */
  ipVersion: 4 | 6 | 'any'
  /** Since when it has its status. */
  statusSince: string | null
  /** Why its status is not known. */
  statusReason: string | null
  /** What is allowed but will not do what it seems to. */
  warnings: string[]
  certificate?: Certificate | null
}

/** A TLS server has a certificate that is valid, trusted and for its name, and not about to end. */
export interface SslCertMonitorChanges {
  /** What people call it. Need not be unique. */
  name?: string | null
  /** What is watched. Not needed for CRON. */
  url?: string | null
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type?: 'SSL_CERT'
  /** Port of the TLS server. It may stand in the address as well; 443 where neither says. */
  port?: number | null
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string | null
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string | null
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string | null
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string | null
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays?: number | number[] | null
  /** Connect over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

export interface StatusPage {
  /** Id of the page. */
  id: string
  /** What people call it; its heading. */
  name: string
  /** Its address under `/s/`: a to z, 0 to 9 and -. Unique over the whole instance. */
  slug: string
  /** A host name of your own under which it is shown. */
  customDomain: string | null
  /** Whether everybody may see it. */
  isPublic: boolean
  /** How many monitors are on it. */
  monitorCount: number
  /** Where the public finds it. */
  url: string
  /** When it was made. */
  createdAt: string
  /** When it was last changed. */
  updatedAt: string
  /** Of all components together; those that are paused or not known yet are left out. */
  status: 'OPERATIONAL' | 'DEGRADED_PERFORMANCE' | 'PARTIAL_OUTAGE' | 'MAJOR_OUTAGE' | 'UNDER_MAINTENANCE' | 'UNKNOWN'
  /** The same in words. */
  statusText: string
  /** Some lines under the heading. */
  description: string | null
  /** Whose page it is. */
  companyName: string | null
  /** Colours; `system` follows the visitor. */
  theme: 'light' | 'dark' | 'system'
  /** A colour of your own. */
  brandColor: string | null
  /** Address of a logo. */
  logoUrl: string | null
  /** Address of the small picture that browsers show. */
  faviconUrl: string | null
  /** An IANA time zone, whose midnights part the days. Null: that of the account. */
  timezone: string | null
  groups: StatusPageGroup[]
  monitors: StatusPageMonitor[]
}

export interface StatusPageDay {
  date: string
  /** The worst of the day. */
  status: 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN' | 'PAUSED' | 'MAINTENANCE' | 'NO_DATA'
  /** Percent of its known time. */
  uptime: number | null
  /** Public incidents that touch the day. */
  incidents: number
}

export interface StatusPageGroup {
  /** Its heading; monitors name it in `group`. */
  name: string
  /** A line under the heading. */
  description: string | null
  /** Closed at first. */
  collapsed: boolean
  /** Of all components together; those that are paused or not known yet are left out. */
  status: 'OPERATIONAL' | 'DEGRADED_PERFORMANCE' | 'PARTIAL_OUTAGE' | 'MAJOR_OUTAGE' | 'UNDER_MAINTENANCE' | 'UNKNOWN'
}

export interface StatusPageGroupFields {
  /** Its heading; monitors name it in `group`. */
  name: string
  /** A line under the heading. */
  description?: string | null
  /** Closed at first. */
  collapsed?: boolean | null
  /** Taken and ignored. */
  readonly status?: unknown
}

export interface StatusPageList {
  statusPages: StatusPageRow[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

export interface StatusPageMonitor {
  /** Id of the monitor. */
  id: string
  /** Id of the monitor. */
  monitorId: string
  /** What the public reads; by default the monitor's name. */
  displayName: string
  /** Name of the group that it stands in; null stands apart. */
  group: string | null
  /** Whether its response time is shown. */
  showResponseTime: boolean
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Percent of the known time of 24 hours in which it was up or degraded; null while nothing is known. */
  uptime24h: number | null
  /** Percent of the known time of 7 days in which it was up or degraded; null while nothing is known. */
  uptime7d: number | null
  /** Percent of the known time of 30 days in which it was up or degraded; null while nothing is known. */
  uptime30d: number | null
  /** Percent of the known time of 90 days in which it was up or degraded; null while nothing is known. */
  uptime90d: number | null
  /** Mean response time of 24 hours, ms; null also where it is not to be shown. */
  avgResponseTime24h: number | null
  /** The last 90 days in the time zone of the page, oldest first, today last. */
  days: StatusPageDay[]
}

export interface StatusPageMonitorFields {
  /** Id of the monitor. */
  monitorId?: string
  /** The same as `monitorId`. */
  id?: string
  /** What the public reads in place of its name. */
  displayName?: string | null
  /** Name of the group that it stands in; null stands apart. */
  group?: string | null
  /** Whether its response time is shown. */
  showResponseTime?: boolean | null
  /** Taken and ignored. */
  readonly status?: unknown
  /** Taken and ignored. */
  readonly uptime24h?: unknown
  /** Taken and ignored. */
  readonly uptime7d?: unknown
  /** Taken and ignored. */
  readonly uptime30d?: unknown
  /** Taken and ignored. */
  readonly uptime90d?: unknown
  /** Taken and ignored. */
  readonly avgResponseTime24h?: unknown
  /** Taken and ignored. */
  readonly days?: unknown
}

export interface StatusPageRow {
  /** Id of the page. */
  id: string
  /** What people call it; its heading. */
  name: string
  /** Its address under `/s/`: a to z, 0 to 9 and -. Unique over the whole instance. */
  slug: string
  /** A host name of your own under which it is shown. */
  customDomain: string | null
  /** Whether everybody may see it. */
  isPublic: boolean
  /** How many monitors are on it. */
  monitorCount: number
  /** Where the public finds it. */
  url: string
  /** When it was made. */
  createdAt: string
  /** When it was last changed. */
  updatedAt: string
}

/** The type's own fields. */
export interface WebhookConfig {
  /** Where events are posted to: http or https. Redirects are not followed. */
  url: string
  /** Signs each delivery. Made when left out, and shown once. */
  secret?: string
  /** Sent with each delivery, such as an Authorization of your own. */
  headers?: { [name: string]: unknown }
}

/** Fields to change; null takes one away, the mask keeps a secret. */
export interface WebhookConfigChanges {
  /** Where events are posted to: http or https. Redirects are not followed. */
  url?: string | null
  /** Signs each delivery. Made when left out, and shown once. */
  secret?: string | null
  /** Sent with each delivery, such as an Authorization of your own. */
  headers?: { [name: string]: unknown } | null
}

/** What a webhook is told. */
export interface WebhookPayload {
  /** What happened. */
  event:
    | 'monitor.down'
    | 'monitor.up'
    | 'monitor.degraded'
    | 'regression.detected'
    | 'regression.resolved'
    | 'ssl.expiring'
    | 'incident.created'
    | 'incident.updated'
    | 'incident.resolved'
    | 'test'
  /** When it happened. */
  timestamp: string
  /** Null for an incident of no monitor, or of one that is gone. */
  monitor: {
    id: string
    name: string
    url: string | null
    type: string
    status: string
  } | null
  /** The incident, where there is one. */
  incident: {
    id: string
    /** When it began. */
    startedAt: string
    /** Seconds until now, or until it ended. */
    duration: number
    checksFailed: number
    incidentNumber: string
    severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'
  } | null
  /** The check that showed it. */
  check: {
    statusCode: number | null
    /** ms */
    responseTime: number | null
    error: string | null
    region: string | null
  } | null
  /** Facts of one kind of event, such as the certificate of `ssl.expiring`. */
  details?: unknown
}

/** A web page answers with a good status and, if asked, the right words. */
export interface WebsiteMonitor {
  /** Id of the monitor. */
  id: string
  /** What people call it. */
  name: string
  /** What is watched; passwords are masked. */
  url: string | null
  type: 'WEBSITE'
  /** `PENDING`: not yet known, or not to be measured now; `statusReason` says why. */
  status: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Seconds between checks. */
  interval: number
  /** Seconds within which a check must end. */
  timeout: number
  /** Switched off monitors are not checked. */
  isActive: boolean
  /** Whether it is paused. */
  isPaused: boolean
  /** Labels to filter by. */
  tags: string[]
  /** When it was last checked. */
  lastCheckedAt: string | null
  /** Mean response time of the last 24 hours in ms; null while nothing is known. */
  avgResponseTime24h: number | null
  /** Percent of the last 90 days; null while nothing is known. */
  uptime90d: number | null
  /** When it was made. */
  createdAt: string
  /** When its configuration last changed. */
  updatedAt: string
  /** Codes of the regions that check it. */
  enabledRegions: string[]
  /** Failures in a row that confirm an outage. */
  confirmationChecks: number
  /** Successes in a row that confirm a recovery. */
  recoveryChecks: number
  /** How many regions must fail before it is DOWN. */
  regionQuorum: 'any' | 'majority' | 'all' | number
  /** A failing check is the good state. */
  upsideDown: boolean
  /** Channels that are told. */
  notificationChannelIds: string[]
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn: string[]
  /** Watch for slower responses than usual. */
  regressionEnabled: boolean
  /** Percent. */
  regressionThreshold: number
  /** Days of the baseline. */
  regressionPeriod: number
  /** Notes for people. */
  description: string | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold: number | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Method of the request. */
  httpMethod: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /** Status codes that count as up: a number, or numbers and ranges with commas. Left at its default, it does not count where an assertion looks at `status`: that one decides alone. */
  expectedStatusCode: number | string
  /** Headers of the request: an object, or a JSON string of one. They are sent to the origin of the monitor only, never to another one that it redirects to. */
  requestHeaders?: string | { [name: string]: string }
  /** Body of the request, as text. Without a Content-Type header it is sent as application/json when it is JSON, else as text/plain. */
  requestBody?: string
  /** Follow redirects, at most 10, and judge the last answer. Off: judge the redirect itself. */
  followRedirects: boolean
  /** Require a valid certificate for the host, signed by an authority that Node, the system or NODE_EXTRA_CA_CERTS trusts. */
  verifySsl: boolean
  /** Text that must be in the body, or a list of which all must be. Searched after decompression, in the charset of the page. */
  keyword?: string | string[]
  /** Text that must not be in the body, or a list of which none may be. */
  keywordAbsent?: string | string[]
  /** Whether capitals matter in keyword and keywordAbsent. */
  keywordCaseSensitive: boolean
  /** What must be true of the answer: a list of `source` (`status`, `header`, `body`, `json`, `responseTime`, `certificateDays`), `path` (JSONPath of RFC 9535 for `json`, a name for `header`), `comparison` and `target`. Expressions of `matches` are those of RE2. */
  assertions?: Assertion[]
  /** JSON Schema (2020-12, or draft-07 by its `$schema`) that the body must fit. Each `$ref` stays within it; `format` is not checked. */
  responseSchema?: { [name: string]: unknown }
  /** Connect over this version of IP only. */
  ipVersion: 4 | 6 | 'any'
  /** How much of the body is read and judged, in bytes, counted after decompression. A longer body is no failure by itself, but fails assertions and schemas that need all of its JSON; the rest is not downloaded. */
  maxBodyBytes: number
  apiAuthConfig?: ApiAuth
  /** Proxy to go through: http:// (by CONNECT, for targets without TLS too), socks5:// or socks5h://, with user:password@ where it asks for them. It looks up the name of the target, except for socks5://. */
  proxyUrl?: string
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays: number | number[]
  /** Since when it has its status. */
  statusSince: string | null
  /** Why its status is not known. */
  statusReason: string | null
  /** What is allowed but will not do what it seems to. */
  warnings: string[]
  certificate?: Certificate | null
}

/** A web page answers with a good status and, if asked, the right words. */
export interface WebsiteMonitorChanges {
  /** What people call it. Need not be unique. */
  name?: string | null
  /** What is watched. Not needed for CRON. */
  url?: string | null
  /** Notes for people. */
  description?: string | null
  /** Labels to filter by. */
  tags?: string[] | null
  /** Seconds between checks; the plan sets the shortest. */
  interval?: number | null
  /** Seconds within which a check must end; never longer than the interval. */
  timeout?: number | null
  /** Regions that check it, by code or id. Default: every active region. */
  enabledRegions?: string[] | null
  /** Failures in a row that confirm an outage. */
  confirmationChecks?: number | null
  /** Successes in a row that confirm a recovery. */
  recoveryChecks?: number | null
  /** How many regions must fail before it is DOWN. */
  regionQuorum?: 'any' | 'majority' | 'all' | number | null
  /** A success slower than this many ms is DEGRADED. */
  degradedThreshold?: number | null
  /** A failing check is the good state. */
  upsideDown?: boolean | null
  /** Severity of its incidents. Default: by the extent of the outage. */
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | null
  /** Channels that are told. */
  notificationChannelIds?: string[] | null
  /** Monitors whose outage holds the alerts of this one. */
  dependsOn?: string[] | null
  /** Watch for slower responses than usual. */
  regressionEnabled?: boolean | null
  /** Percent. */
  regressionThreshold?: number | null
  /** Days of the baseline. */
  regressionPeriod?: number | null
  /** Switched off monitors are not checked. */
  isActive?: boolean | null
  /** What kind of check it is. */
  type?: 'WEBSITE' | 'HTTP' | 'HTTPS'
  /** Method of the request. */
  httpMethod?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | null
  /** Status codes that count as up: a number, or numbers and ranges with commas. Left at its default, it does not count where an assertion looks at `status`: that one decides alone. */
  expectedStatusCode?: number | string | null
  /** Headers of the request: an object, or a JSON string of one. They are sent to the origin of the monitor only, never to another one that it redirects to. */
  requestHeaders?: string | { [name: string]: string } | null
  /** Body of the request, as text. Without a Content-Type header it is sent as application/json when it is JSON, else as text/plain. */
  requestBody?: string | null
  /** Follow redirects, at most 10, and judge the last answer. Off: judge the redirect itself. */
  followRedirects?: boolean | null
  /** Require a valid certificate for the host, signed by an authority that Node, the system or NODE_EXTRA_CA_CERTS trusts. */
  verifySsl?: boolean | null
  /** Text that must be in the body, or a list of which all must be. Searched after decompression, in the charset of the page. */
  keyword?: string | string[] | null
  /** Text that must not be in the body, or a list of which none may be. */
  keywordAbsent?: string | string[] | null
  /** Whether capitals matter in keyword and keywordAbsent. */
  keywordCaseSensitive?: boolean | null
  /** What must be true of the answer: a list of `source` (`status`, `header`, `body`, `json`, `responseTime`, `certificateDays`), `path` (JSONPath of RFC 9535 for `json`, a name for `header`), `comparison` and `target`. Expressions of `matches` are those of RE2. */
  assertions?: Assertion[] | null
  /** JSON Schema (2020-12, or draft-07 by its `$schema`) that the body must fit. Each `$ref` stays within it; `format` is not checked. */
  responseSchema?: { [name: string]: unknown } | null
  /** Connect over this version of IP only. */
  ipVersion?: 4 | 6 | 'any' | null
  /** How much of the body is read and judged, in bytes, counted after decompression. A longer body is no failure by itself, but fails assertions and schemas that need all of its JSON; the rest is not downloaded. */
  maxBodyBytes?: number | null
  apiAuthConfig?: ApiAuth | null
  /** Proxy to go through: http:// (by CONNECT, for targets without TLS too), socks5:// or socks5h://, with user:password@ where it asks for them. It looks up the name of the target, except for socks5://. */
  proxyUrl?: string | null
  /** Certificates of authorities, in PEM, that this monitor trusts beside the usual ones. */
  caCertificate?: string | null
  /** Certificate that the check shows to servers that ask for one (mutual TLS), in PEM, with its intermediates after it. Needs clientKey. */
  clientCertificate?: string | null
  /** Private key of clientCertificate, in PEM. */
  clientKey?: string | null
  /** Passphrase of an encrypted clientKey. */
  clientKeyPassphrase?: string | null
  /** Days before the end of a certificate at which an ssl.expiring event is sent, once each: a list, or a number that means itself and each smaller one of the default. */
  sslCertExpiryDays?: number | number[] | null
  /** Channels given in full: found among those of the account, or made, and told of this monitor. */
  notifications?: NotificationWish[]
  /** Another name for `enabledRegions`. */
  enabledWorkerRegionIds?: string[]
}

export interface WorkerRegion {
  id: string
  /** How monitors and results name it. */
  code: string
  name: string
  city: string | null
  country: string | null
  countryCode: string | null
  latitude: number | null
  longitude: number | null
  /** Whether a worker reported from there within 60 s. */
  isActive: boolean
}

export interface WorkerRegionList {
  regions: WorkerRegion[]
  /** All that match, not only those of this page. */
  count: number
  /** Whether rows follow this page. */
  hasMore: boolean
}

export interface ListMonitorsQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
  /** Only monitors of this status. */
  status?: 'UP' | 'DOWN' | 'DEGRADED' | 'PENDING' | 'PAUSED' | 'MAINTENANCE'
  /** Only those of this type. */
  type?: 'WEBSITE' | 'API' | 'GRAPHQL' | 'PING' | 'PORT' | 'DNS' | 'SSL_CERT' | 'CRON' | 'HTTP' | 'HTTPS'
  /** Part of the name or URL. */
  search?: string
  /** Only those with this tag. */
  tag?: string
  /** What to sort by. */
  sort?: 'createdAt' | 'updatedAt' | 'name' | 'type' | 'status'
  /** Default: newest first for times, else from A to Z. */
  order?: 'asc' | 'desc'
}

export interface ListChecksQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
  /** Earliest time, ISO 8601, included. */
  from?: string
  /** Latest time, ISO 8601, left out. */
  to?: string
  /** Only from this region. */
  region?: string
  /** Only checks that ended so. */
  status?: 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN'
}

export interface ListHeartbeatsQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
}

export interface ListResponseTimesQuery {
  /** Earliest time, ISO 8601, included. */
  from?: string
  /** Latest time, ISO 8601, left out. */
  to?: string
  /**
   * `raw` is a point for each check. Ranges: raw and minute up to 24 hours, hour up to 100 days, day up to
   * 1,100 days. Default: minute up to 6 hours, hour up to 31 days, else day.
   */
  resolution?: 'raw' | 'minute' | 'hour' | 'day'
  /** Keep regions apart. */
  byRegion?: 'true' | 'false'
  /** Only from this region. */
  region?: string
}

export interface GetAnalyticsQuery {
  /** The last 24 hours, 7, 30 or 90 days. Such as `24h`. */
  period?: '24h' | '7d' | '30d' | '90d'
}

export interface GetMonitorAnalyticsQuery {
  /** The last 24 hours, 7, 30 or 90 days. Such as `24h`. */
  period?: '24h' | '7d' | '30d' | '90d'
  /** Earliest time, ISO 8601, included. */
  from?: string
  /** Latest time, ISO 8601, left out. */
  to?: string
}

export interface ListIncidentsQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
  /** Earliest time, ISO 8601, included. */
  from?: string
  /** Latest time, ISO 8601, left out. */
  to?: string
  /** Incidents of this monitor only. */
  monitorId?: string
  /** `open` says the same as `active`. */
  status?: 'active' | 'open' | 'resolved' | 'all'
  severity?: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'
  rootCauseCategory?:
    | 'DNS_FAILURE'
    | 'NETWORK_TIMEOUT'
    | 'CONNECTION_REFUSED'
    | 'SERVER_ERROR'
    | 'APPLICATION_ERROR'
    | 'DATABASE_ISSUE'
    | 'SSL_CERTIFICATE'
    | 'CONFIGURATION_ERROR'
    | 'DEPLOYMENT_ISSUE'
    | 'THIRD_PARTY_SERVICE'
    | 'INFRASTRUCTURE'
    | 'DDOS_ATTACK'
    | 'MAINTENANCE'
    | 'MISSED_HEARTBEAT'
    | 'UNKNOWN'
  /** Another way to say `rootCauseCategory`. */
  category?:
    | 'DNS_FAILURE'
    | 'NETWORK_TIMEOUT'
    | 'CONNECTION_REFUSED'
    | 'SERVER_ERROR'
    | 'APPLICATION_ERROR'
    | 'DATABASE_ISSUE'
    | 'SSL_CERTIFICATE'
    | 'CONFIGURATION_ERROR'
    | 'DEPLOYMENT_ISSUE'
    | 'THIRD_PARTY_SERVICE'
    | 'INFRASTRUCTURE'
    | 'DDOS_ATTACK'
    | 'MAINTENANCE'
    | 'MISSED_HEARTBEAT'
    | 'UNKNOWN'
  /** Whether someone took it on. */
  acknowledged?: 'true' | 'false'
  /** Part of title, monitor's name, root cause or number. */
  search?: string
}

export interface ListStatusPagesQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
}

export interface ListMaintenanceWindowsQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
  /** Windows that take place at or after. */
  from?: string
  /** Windows that take place before. */
  to?: string
  status?: 'SCHEDULED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED'
  /** Windows that are about this monitor, by name or with all others. */
  monitorId?: string
}

export interface ListNotificationChannelsQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
}

export interface ListDeliveriesQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
}

export interface ListAuditLogQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
  /** Earliest time, ISO 8601, included. */
  from?: string
  /** Latest time, ISO 8601, left out. */
  to?: string
  /** Such as `monitor.updated`. */
  action?: string
  /** Id of a key or a member. */
  actor?: string
  /** Id of what was changed, or its type. */
  target?: string
}

export interface ListApiKeysQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
}

export interface ListMembersQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
}

export interface RemoveMemberQuery {
  /** API keys of theirs to keep, by name or id, with commas between; they are yours from then on. The others are revoked. Such as `ci,deploy`. */
  keepKeys?: string
}

export interface ListInvitationsQuery {
  /** Rows to answer. */
  limit?: number
  /** Rows to skip. */
  offset?: number
  /** Another way to say `offset`: pages from 1. */
  page?: number
}

export interface PingQuery {
  /** Pairs a start with its end where runs overlap. */
  rid?: string
  /** `down` is a failure. */
  status?: 'up' | 'down'
  /** What there is to say. */
  msg?: string
  /** How long the job took, in ms. */
  ping?: number
  /** Exit status of the job. */
  exitStatus?: number
}

export interface PingFailQuery {
  /** Pairs a start with its end where runs overlap. */
  rid?: string
  /** `down` is a failure. */
  status?: 'up' | 'down'
  /** What there is to say. */
  msg?: string
  /** How long the job took, in ms. */
  ping?: number
  /** Exit status of the job. */
  exitStatus?: number
}

export interface PingStartQuery {
  /** Pairs a start with its end where runs overlap. */
  rid?: string
  /** `down` is a failure. */
  status?: 'up' | 'down'
  /** What there is to say. */
  msg?: string
  /** How long the job took, in ms. */
  ping?: number
  /** Exit status of the job. */
  exitStatus?: number
}

export interface PingLogQuery {
  /** Pairs a start with its end where runs overlap. */
  rid?: string
  /** `down` is a failure. */
  status?: 'up' | 'down'
  /** What there is to say. */
  msg?: string
  /** How long the job took, in ms. */
  ping?: number
  /** Exit status of the job. */
  exitStatus?: number
}

export interface PingExitStatusQuery {
  /** Pairs a start with its end where runs overlap. */
  rid?: string
  /** `down` is a failure. */
  status?: 'up' | 'down'
  /** What there is to say. */
  msg?: string
  /** How long the job took, in ms. */
  ping?: number
  /** Exit status of the job. */
  exitStatus?: number
}
