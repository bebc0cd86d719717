import type { Generated } from 'kysely'

/**
 * The tables that every engine shares, as Kysely sees them. Times are ms since the Unix epoch; flags are 0 or 1;
 * columns ending in `_json` hold JSON text, columns ending in `_sealed` hold text sealed by the secret box.
 */
export interface Tables {
  account: AccountTable
  api_key: ApiKeyTable
  person: PersonTable
  member: MemberTable
  invitation: InvitationTable
  session: SessionTable
  password_reset: { person_id: string; token_hash: string; expires_at: number }
  monitor: MonitorTable
  monitor_tag: { monitor_key: number; tag: string }
  monitor_state: { monitor_key: number; status: string; state_json: string }
  deleted_monitor: { monitor_key: number }
  incident: IncidentTable
  status_page: StatusPageTable
  status_page_monitor: StatusPageMonitorTable
  incident_update: IncidentUpdateTable
  maintenance_window: MaintenanceTable
  maintenance_monitor: { window_key: number; monitor_key: number; place: number }
  /** Monitors of incidents that people opened. */
  incident_link: { incident_id: string; monitor_id: string }
  incident_count: IncidentCountTable
  heartbeat: HeartbeatTable
  span: { monitor_key: number; from_ms: number; to_ms: number; status: string }
  channel: ChannelTable
  event: EventTable
  delivery: DeliveryTable
  delivery_attempt: AttemptTable
  worker_progress: { worker_id: string; sequence: number }
  counter: { name: string; value: number }
  instance: { name: string; value: string }
  migration: { name: string }
  writable: { id: number; stamp: number }
  audit_entry: AuditTable
  rate_window: { account_id: string; window_number: number; used: number }
  idempotency: IdempotencyTable
  request_count: { account_id: string; day: number; endpoint: string; requests: number }
}

export interface AccountTable {
  key: Generated<number>
  id: string
  name: string
  plan: string
  is_suspended: number
  created_at: number
  /** Number of the account's newest incident. */
  incident_number: Generated<number>
  email: string | null
  language: Generated<string>
  timezone: Generated<string>
}

export interface ApiKeyTable {
  key: Generated<number>
  id: string
  account_id: string
  name: string
  prefix: string
  hash: string
  permissions_json: string
  created_at: number
  expires_at: number | null
  revoked_at: number | null
  last_used_at: number | null
  /** Id of the person who made it. */
  created_by: string | null
  /** Id of the key that it was rotated to. */
  replaced_by: string | null
}

export interface PersonTable {
  key: Generated<number>
  id: string
  email: string
  /** In lower case, so that an address is one person's whatever its case. */
  email_folded: string
  name: string
  password_hash: string
  created_at: number
}

export interface MemberTable {
  key: Generated<number>
  id: string
  account_id: string
  person_id: string
  role: string
  accepted_at: number
}

export interface InvitationTable {
  key: Generated<number>
  id: string
  account_id: string
  email: string
  email_folded: string
  role: string
  status: string
  token_hash: string
  invited_by: string | null
  created_at: number
  expires_at: number
}

export interface SessionTable {
  key: Generated<number>
  id: string
  token_hash: string
  person_id: string
  account_id: string
  created_at: number
  last_used_at: number
  expires_at: number
  ends_at: number
  address: string | null
  user_agent: string | null
}

export interface MonitorTable {
  key: number
  id: string
  account_id: string
  type: string
  name: string
  /** With a password masked; the full one is then inside `config_sealed`. */
  url: string | null
  /** In lower case, so that search and sorting ignore case in every script. */
  name_folded: string
  url_folded: string
  settings_json: string
  config_sealed: string
  is_paused: number
  is_active: number
  version: number
  created_at: number
  updated_at: number
}

export interface IncidentTable {
  key: Generated<number>
  id: string
  account_id: string
  /** Text, not a reference: an incident outlives its monitor. Empty for one that people opened. */
  monitor_id: string
  monitor_name: string
  number: number
  started_at: number
  resolved_at: number | null
  resolution: string | null
  severity: string
  root_cause: string
  root_cause_category: string
  affected_regions_json: string
  checks_failed: number
  checks_total: number
  evidence_json: string
  monitors_json: string
  title: string | null
  stage: string
  is_public: number
  found_json: string
  revision: number
  acknowledged_at: number | null
  acknowledged_by_json: string | null
  opened_by_json: string | null
  resolved_by_json: string | null
  assignee: string | null
  post_mortem: string | null
  /** In lower case, what a search looks at. */
  search_folded: string
}

export interface IncidentUpdateTable {
  key: Generated<number>
  id: string
  incident_id: string
  at_ms: number
  status: string
  message: string
  is_public: number
  by_json: string | null
}

/** How many incidents of a kind began in a bucket of time, so that lists need not count them. */
export interface IncidentCountTable {
  account_id: string
  /** Empty: of the whole account, by weeks; else of that monitor, by 30 days. */
  monitor_id: string
  bucket: number
  is_open: number
  severity: string
  root_cause_category: string
  is_acknowledged: number
  count: number
}

export interface HeartbeatTable {
  key: Generated<number>
  monitor_key: number
  at_ms: number
  kind: string
  rid: string | null
  message: string | null
  exit_status: number | null
  duration_ms: number | null
  source: string | null
}

export interface ChannelTable {
  key: Generated<number>
  id: string
  account_id: string
  name: string
  type: string
  config_sealed: string
  events_json: string
  all_monitors: number
  is_active: number
  created_at: number
  updated_at: number
}

export interface EventTable {
  key: Generated<number>
  id: string
  account_id: string
  monitor_id: string
  incident_id: string | null
  name: string
  created_at: number
  payload_json: string
}

export interface DeliveryTable {
  /** Order of creation. */
  key: Generated<number>
  id: string
  event_id: string
  channel_id: string
  /** 1 for one asked for by hand after the first. */
  is_again: number
  status: string
  attempts: number
  next_attempt_at: number | null
  delivered_at: number | null
  last_attempt_at: number | null
  last_status_code: number | null
  last_error: string | null
  created_at: number
}

export interface AttemptTable {
  key: Generated<number>
  delivery_id: string
  at_ms: number
  duration_ms: number
  status_code: number | null
  error: string | null
}

export interface IdempotencyTable {
  name: string
  account_id: string
  fingerprint: string
  owner: string
  began_at: number
  reserved: string
  answer_sealed: string | null
}

export interface AuditTable {
  key: Generated<number>
  id: string
  account_id: string
  at_ms: number
  action: string
  actor_type: string
  actor_id: string | null
  actor_name: string
  target_type: string | null
  target_id: string | null
  target_name: string | null
  before_json: string | null
  after_json: string | null
  request_id: string | null
  address: string | null
}

export interface StatusPageTable {
  key: Generated<number>
  id: string
  account_id: string
  name: string
  slug: string
  custom_domain: string | null
  is_public: number
  settings_json: string
  groups_json: string
  created_at: number
  updated_at: number
}

export interface StatusPageMonitorTable {
  page_key: number
  monitor_key: number
  position: number
  display_name: string | null
  group_name: string | null
  show_response_time: number
}

export interface MaintenanceTable {
  key: Generated<number>
  id: string
  account_id: string
  title: string
  description: string | null
  starts_at: number
  ends_at: number
  timezone: string
  recurrence_json: string | null
  all_monitors: number
  status: string
  last_ends_at: number | null
  cancelled_at: number | null
  created_at: number
  updated_at: number
}
