// Made by `npm run docs` from the API document. Changes here are lost.

import { pagesOf, pathOf } from './pages.ts'
import { type RequestOptions, Transport } from './transport.ts'
import type {
  Account,
  AccountAnalytics,
  AccountChanges,
  AccountUsage,
  ApiKey,
  ApiKeyChanges,
  ApiKeyList,
  ApiKeyRevoked,
  ApiKeyRotation,
  AuditEntry,
  AuditLog,
  CancelledMaintenanceWindow,
  ChangedRegression,
  ChangedStatusPage,
  ChannelTestResult,
  Check,
  CheckList,
  CheckResults,
  CurrentSession,
  Delivery,
  DeliveryList,
  Done,
  GetAnalyticsQuery,
  GetMonitorAnalyticsQuery,
  Health,
  Heartbeat,
  HeartbeatList,
  Incident,
  IncidentChanges,
  IncidentList,
  IncidentRemoved,
  IncidentRow,
  Invitation,
  InvitationList,
  ListApiKeysQuery,
  ListAuditLogQuery,
  ListChecksQuery,
  ListDeliveriesQuery,
  ListHeartbeatsQuery,
  ListIncidentsQuery,
  ListInvitationsQuery,
  ListMaintenanceWindowsQuery,
  ListMembersQuery,
  ListMonitorsQuery,
  ListNotificationChannelsQuery,
  ListResponseTimesQuery,
  ListStatusPagesQuery,
  MaintenanceWindow,
  MaintenanceWindowChanges,
  MaintenanceWindowList,
  Member,
  MemberList,
  Monitor,
  MonitorAnalytics,
  MonitorChanges,
  MonitorDays,
  MonitorList,
  MonitorRow,
  NewApiKey,
  NewApiKeyAnswer,
  NewHeartbeatUrl,
  NewIncident,
  NewIncidentUpdate,
  NewMaintenanceWindow,
  NewMonitor,
  NewNotificationChannel,
  NewStatusPage,
  NotificationChannel,
  NotificationChannelChanges,
  NotificationChannelList,
  OpenInvitation,
  PauseState,
  PingExitStatusQuery,
  PingFailQuery,
  PingLogQuery,
  PingQuery,
  PingStartQuery,
  PingTaken,
  PingWords,
  Regression,
  RemovedMonitor,
  RemovedNotificationChannel,
  RemovedStatusPage,
  RemoveMemberQuery,
  ResolveIncident,
  ResponseTimes,
  RotatedApiKey,
  SentInvitation,
  StatusPage,
  StatusPageList,
  StatusPageRow,
  WorkerRegionList,
} from './types.ts'

/** A client of one StatusApp server. Methods reject with `StatusAppError` when the server refuses. */
export class StatusApp extends Transport {
  /**
   * Get the health of the server.
   * For whoever watches the watcher. 503 when the database can not be written.
   * Needs no key.
   */
  getHealth(options: RequestOptions = {}): Promise<Health> {
    return this.send('GET', '/health', { options })
  }

  /**
   * List monitors.
   * Without `limit`, all of them, up to 1000.
   * Needs the permission `read`.
   */
  listMonitors(query: ListMonitorsQuery = {}, options: RequestOptions = {}): Promise<MonitorList> {
    return this.send('GET', '/monitors', { query, options })
  }

  /** Every row of `listMonitors`, read page by page: `for await (const row of client.eachMonitors())`. */
  eachMonitors(
    query: ListMonitorsQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<MonitorRow, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listMonitors(asked, options)
      return { rows: answer.monitors, hasMore: answer.hasMore }
    })
  }

  /**
   * Create a monitor.
   * It is checked at once; the answer waits up to 1.5 s for the first result, unless the request says `Prefer: respond-async`.
   * Needs the permission `write`.
   */
  createMonitor(body: NewMonitor, options: RequestOptions = {}): Promise<Monitor> {
    return this.send('POST', '/monitors', { body, options })
  }

  /**
   * Get a monitor.
   * Needs the permission `read`.
   */
  getMonitor(monitorId: string, options: RequestOptions = {}): Promise<Monitor> {
    return this.send('GET', pathOf`/monitors/${monitorId}`, { options })
  }

  /**
   * Update a monitor.
   * Needs the permission `write`.
   */
  updateMonitor(monitorId: string, body: MonitorChanges, options: RequestOptions = {}): Promise<Monitor> {
    return this.send('PUT', pathOf`/monitors/${monitorId}`, { body, options })
  }

  /**
   * Delete a monitor.
   * With its results. Its open incident is resolved.
   * Needs the permission `delete`.
   */
  deleteMonitor(monitorId: string, options: RequestOptions = {}): Promise<RemovedMonitor> {
    return this.send('DELETE', pathOf`/monitors/${monitorId}`, { options })
  }

  /**
   * Pause a monitor.
   * It is no longer checked, and an open incident is resolved. Pausing again changes nothing.
   * Needs the permission `write`.
   */
  pauseMonitor(monitorId: string, options: RequestOptions = {}): Promise<PauseState> {
    return this.send('POST', pathOf`/monitors/${monitorId}/pause`, { options })
  }

  /**
   * Resume a monitor.
   * It is checked again, at once.
   * Needs the permission `write`.
   */
  resumeMonitor(monitorId: string, options: RequestOptions = {}): Promise<PauseState> {
    return this.send('POST', pathOf`/monitors/${monitorId}/resume`, { options })
  }

  /**
   * Give a CRON monitor an address of its own.
   * Shown once. The addresses that it had before stop working.
   * Needs the permission `write`.
   */
  renewHeartbeatUrl(monitorId: string, options: RequestOptions = {}): Promise<NewHeartbeatUrl> {
    return this.send('POST', pathOf`/monitors/${monitorId}/heartbeat-url`, { options })
  }

  /**
   * Try out a configuration.
   * Checks once in each region and saves nothing. With the `id` of a stored monitor, masked secrets are those that it has.
   * Needs the permission `write`.
   */
  testMonitor(body: MonitorChanges, options: RequestOptions = {}): Promise<CheckResults> {
    return this.send('POST', '/monitors/test', { body, options })
  }

  /**
   * Check a monitor now.
   * Once in each region; the results are saved, and count.
   * Needs the permission `write`.
   */
  checkMonitor(monitorId: string, options: RequestOptions = {}): Promise<CheckResults> {
    return this.send('POST', pathOf`/monitors/${monitorId}/check`, { options })
  }

  /**
   * List the checks of a monitor.
   * Newest first, as far as the plan keeps them.
   * Needs the permission `read`.
   */
  listChecks(monitorId: string, query: ListChecksQuery = {}, options: RequestOptions = {}): Promise<CheckList> {
    return this.send('GET', pathOf`/monitors/${monitorId}/checks`, { query, options })
  }

  /** Every row of `listChecks`, read page by page: `for await (const row of client.eachChecks())`. */
  eachChecks(
    monitorId: string,
    query: ListChecksQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<Check, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listChecks(monitorId, asked, options)
      return { rows: answer.checks, hasMore: answer.hasMore }
    })
  }

  /**
   * List the heartbeats of a monitor.
   * Needs the permission `read`.
   */
  listHeartbeats(
    monitorId: string,
    query: ListHeartbeatsQuery = {},
    options: RequestOptions = {},
  ): Promise<HeartbeatList> {
    return this.send('GET', pathOf`/monitors/${monitorId}/heartbeats`, { query, options })
  }

  /** Every row of `listHeartbeats`, read page by page: `for await (const row of client.eachHeartbeats())`. */
  eachHeartbeats(
    monitorId: string,
    query: ListHeartbeatsQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<Heartbeat, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listHeartbeats(monitorId, asked, options)
      return { rows: answer.heartbeats, hasMore: answer.hasMore }
    })
  }

  /**
   * Get response times as a series.
   * Average and percentiles over time, of checks that succeeded; default: the last 24 hours. Buckets begin at
   * full minutes, hours and days of UTC, and are whole where the range begins or ends inside one. Percentiles of hours and
   * days are within 1 %.
   * Needs the permission `read`.
   */
  listResponseTimes(
    monitorId: string,
    query: ListResponseTimesQuery = {},
    options: RequestOptions = {},
  ): Promise<ResponseTimes> {
    return this.send('GET', pathOf`/monitors/${monitorId}/response-times`, { query, options })
  }

  /**
   * Get the regression settings.
   * There is no baseline yet: it comes with the detection of regressions.
   * Needs the permission `read`.
   */
  getRegression(monitorId: string, options: RequestOptions = {}): Promise<Regression> {
    return this.send('GET', pathOf`/monitors/${monitorId}/regression`, { options })
  }

  /**
   * Change the regression settings.
   * Only what is given changes; null is the default.
   * Needs the permission `write`.
   */
  updateRegression(monitorId: string, body: ChangedRegression, options: RequestOptions = {}): Promise<Regression> {
    return this.send('PUT', pathOf`/monitors/${monitorId}/regression`, { body, options })
  }

  /**
   * Get the figures of the account.
   * How the monitors stand now, and what they did over a period (default: 24 hours). Checks are counted by
   * whole hours. Today and this week, from Monday, begin at midnight in the account's time zone.
   * Needs the permission `read`.
   */
  getAnalytics(query: GetAnalyticsQuery = {}, options: RequestOptions = {}): Promise<AccountAnalytics> {
    return this.send('GET', '/analytics', { query, options })
  }

  /**
   * Get the figures of a monitor.
   * Uptime is weighted by time and leaves out what is not known; `coverage` says how much is. Response times
   * are those of checks that succeeded; percentiles are within 1 %. Give a `period` (default: 24 hours), or `from` and `to`.
   * Needs the permission `read`.
   */
  getMonitorAnalytics(
    monitorId: string,
    query: GetMonitorAnalyticsQuery = {},
    options: RequestOptions = {},
  ): Promise<MonitorAnalytics> {
    return this.send('GET', pathOf`/analytics/monitors/${monitorId}`, { query, options })
  }

  /**
   * Get the days of a monitor.
   * How each of the last 90 days went, in the account's time zone: what a status bar is drawn from.
   * Needs the permission `read`.
   */
  listMonitorDays(monitorId: string, options: RequestOptions = {}): Promise<MonitorDays> {
    return this.send('GET', pathOf`/analytics/monitors/${monitorId}/days`, { options })
  }

  /**
   * List incidents.
   * Newest start first.
   * Needs the permission `read`.
   */
  listIncidents(query: ListIncidentsQuery = {}, options: RequestOptions = {}): Promise<IncidentList> {
    return this.send('GET', '/incidents', { query, options })
  }

  /** Every row of `listIncidents`, read page by page: `for await (const row of client.eachIncidents())`. */
  eachIncidents(
    query: ListIncidentsQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<IncidentRow, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listIncidents(asked, options)
      return { rows: answer.incidents, hasMore: answer.hasMore }
    })
  }

  /**
   * Open an incident by hand.
   * It is resolved by hand too, and has no effect on the status or uptime of its monitors.
   * Needs the permission `write`.
   */
  createIncident(body: NewIncident, options: RequestOptions = {}): Promise<Incident> {
    return this.send('POST', '/incidents', { body, options })
  }

  /**
   * Get an incident.
   * Needs the permission `read`.
   */
  getIncident(incidentId: string, options: RequestOptions = {}): Promise<Incident> {
    return this.send('GET', pathOf`/incidents/${incidentId}`, { options })
  }

  /**
   * Edit an incident.
   * What people set is not changed by StatusApp any more. Resolving is an action of its own.
   * Needs the permission `write`.
   */
  updateIncident(incidentId: string, body: IncidentChanges, options: RequestOptions = {}): Promise<Incident> {
    return this.send('PUT', pathOf`/incidents/${incidentId}`, { body, options })
  }

  /**
   * Delete an incident that people opened.
   * What StatusApp has found itself stays: it is the record of an outage.
   * Needs the permission `delete`.
   */
  deleteIncident(incidentId: string, options: RequestOptions = {}): Promise<IncidentRemoved> {
    return this.send('DELETE', pathOf`/incidents/${incidentId}`, { options })
  }

  /**
   * Add to the timeline.
   * Once it is resolved, an incident takes entries of status `update` only.
   * Needs the permission `write`.
   */
  addIncidentUpdate(incidentId: string, body: NewIncidentUpdate, options: RequestOptions = {}): Promise<Incident> {
    return this.send('POST', pathOf`/incidents/${incidentId}/updates`, { body, options })
  }

  /**
   * Say that you see to it.
   * The first one counts; a second time changes nothing.
   * Needs the permission `write`.
   */
  acknowledgeIncident(incidentId: string, options: RequestOptions = {}): Promise<Incident> {
    return this.send('POST', pathOf`/incidents/${incidentId}/acknowledge`, { options })
  }

  /**
   * Resolve an incident.
   * A second time changes nothing. While its monitor is still DOWN no new incident opens until it has recovered.
   * Needs the permission `write`.
   */
  resolveIncident(incidentId: string, body?: ResolveIncident, options: RequestOptions = {}): Promise<Incident> {
    return this.send('POST', pathOf`/incidents/${incidentId}/resolve`, { body, options })
  }

  /**
   * List status pages.
   * Needs the permission `read`.
   */
  listStatusPages(query: ListStatusPagesQuery = {}, options: RequestOptions = {}): Promise<StatusPageList> {
    return this.send('GET', '/status-pages', { query, options })
  }

  /** Every row of `listStatusPages`, read page by page: `for await (const row of client.eachStatusPages())`. */
  eachStatusPages(
    query: ListStatusPagesQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<StatusPageRow, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listStatusPages(asked, options)
      return { rows: answer.statusPages, hasMore: answer.hasMore }
    })
  }

  /**
   * Create a status page.
   * Slug and domain are unique over all accounts of the instance.
   * Needs the permission `write`.
   */
  createStatusPage(body: NewStatusPage, options: RequestOptions = {}): Promise<StatusPage> {
    return this.send('POST', '/status-pages', { body, options })
  }

  /**
   * Get a status page.
   * With its overall status, and of each monitor the status, uptime and the last 90 days.
   * Needs the permission `read`.
   */
  getStatusPage(statusPageId: string, options: RequestOptions = {}): Promise<StatusPage> {
    return this.send('GET', pathOf`/status-pages/${statusPageId}`, { options })
  }

  /**
   * Update a status page.
   * Only what is given changes. A list of monitors or groups replaces the one before.
   * Needs the permission `write`.
   */
  updateStatusPage(statusPageId: string, body: ChangedStatusPage, options: RequestOptions = {}): Promise<StatusPage> {
    return this.send('PUT', pathOf`/status-pages/${statusPageId}`, { body, options })
  }

  /**
   * Delete a status page.
   * Its slug and domain are free from then on. Its monitors stay.
   * Needs the permission `delete`.
   */
  deleteStatusPage(statusPageId: string, options: RequestOptions = {}): Promise<RemovedStatusPage> {
    return this.send('DELETE', pathOf`/status-pages/${statusPageId}`, { options })
  }

  /**
   * List maintenance windows.
   * Latest start first. `from` and `to` look at when a window takes place, each time that it does.
   * Needs the permission `read`.
   */
  listMaintenanceWindows(
    query: ListMaintenanceWindowsQuery = {},
    options: RequestOptions = {},
  ): Promise<MaintenanceWindowList> {
    return this.send('GET', '/maintenance-windows', { query, options })
  }

  /** Every row of `listMaintenanceWindows`, read page by page: `for await (const row of client.eachMaintenanceWindows())`. */
  eachMaintenanceWindows(
    query: ListMaintenanceWindowsQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<MaintenanceWindow, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listMaintenanceWindows(asked, options)
      return { rows: answer.maintenanceWindows, hasMore: answer.hasMore }
    })
  }

  /**
   * Plan maintenance.
   * While it takes place its monitors are checked, but tell nobody, and the time does not count in their uptime. One that has begun already begins now. A recurring window keeps its time of day when the clocks change: a start that they skip moves to the end of the gap, and one that they show twice is the first of the two.
   * Needs the permission `write`.
   */
  createMaintenanceWindow(body: NewMaintenanceWindow, options: RequestOptions = {}): Promise<MaintenanceWindow> {
    return this.send('POST', '/maintenance-windows', { body, options })
  }

  /**
   * Get a maintenance window.
   * Needs the permission `read`.
   */
  getMaintenanceWindow(maintenanceWindowId: string, options: RequestOptions = {}): Promise<MaintenanceWindow> {
    return this.send('GET', pathOf`/maintenance-windows/${maintenanceWindowId}`, { options })
  }

  /**
   * Change a maintenance window.
   * Only what is given changes. One that is in progress goes on if it still takes place now, else it ends now.
   * Needs the permission `write`.
   */
  updateMaintenanceWindow(
    maintenanceWindowId: string,
    body: MaintenanceWindowChanges,
    options: RequestOptions = {},
  ): Promise<MaintenanceWindow> {
    return this.send('PUT', pathOf`/maintenance-windows/${maintenanceWindowId}`, { body, options })
  }

  /**
   * Cancel a maintenance window.
   * One that is in progress ends now. It stays in the list as CANCELLED.
   * Needs the permission `delete`.
   */
  cancelMaintenanceWindow(
    maintenanceWindowId: string,
    options: RequestOptions = {},
  ): Promise<CancelledMaintenanceWindow> {
    return this.send('DELETE', pathOf`/maintenance-windows/${maintenanceWindowId}`, { options })
  }

  /**
   * List notification channels.
   * Needs the permission `read`.
   */
  listNotificationChannels(
    query: ListNotificationChannelsQuery = {},
    options: RequestOptions = {},
  ): Promise<NotificationChannelList> {
    return this.send('GET', '/notification-channels', { query, options })
  }

  /** Every row of `listNotificationChannels`, read page by page: `for await (const row of client.eachNotificationChannels())`. */
  eachNotificationChannels(
    query: ListNotificationChannelsQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<NotificationChannel, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listNotificationChannels(asked, options)
      return { rows: answer.channels, hasMore: answer.hasMore }
    })
  }

  /**
   * Create a notification channel.
   * The one time that its secret is shown.
   * Needs the permission `write`.
   */
  createNotificationChannel(body: NewNotificationChannel, options: RequestOptions = {}): Promise<NotificationChannel> {
    return this.send('POST', '/notification-channels', { body, options })
  }

  /**
   * Get a notification channel.
   * Needs the permission `read`.
   */
  getNotificationChannel(channelId: string, options: RequestOptions = {}): Promise<NotificationChannel> {
    return this.send('GET', pathOf`/notification-channels/${channelId}`, { options })
  }

  /**
   * Update a notification channel.
   * Needs the permission `write`.
   */
  updateNotificationChannel(
    channelId: string,
    body: NotificationChannelChanges,
    options: RequestOptions = {},
  ): Promise<NotificationChannel> {
    return this.send('PUT', pathOf`/notification-channels/${channelId}`, { body, options })
  }

  /**
   * Delete a notification channel.
   * Needs the permission `delete`.
   */
  deleteNotificationChannel(channelId: string, options: RequestOptions = {}): Promise<RemovedNotificationChannel> {
    return this.send('DELETE', pathOf`/notification-channels/${channelId}`, { options })
  }

  /**
   * Send a test to a notification channel.
   * One attempt, now. Whether it arrived is in the answer.
   * Needs the permission `write`.
   */
  testNotificationChannel(channelId: string, options: RequestOptions = {}): Promise<ChannelTestResult> {
    return this.send('POST', pathOf`/notification-channels/${channelId}/test`, { options })
  }

  /**
   * Send a test without saving a channel.
   * As the test of a saved one: one attempt, now. Nothing is kept.
   * Needs the permission `write`.
   */
  tryNotificationChannel(body: NewNotificationChannel, options: RequestOptions = {}): Promise<ChannelTestResult> {
    return this.send('POST', '/notification-channels/test', { body, options })
  }

  /**
   * List the deliveries of a notification channel.
   * Needs the permission `read`.
   */
  listDeliveries(
    channelId: string,
    query: ListDeliveriesQuery = {},
    options: RequestOptions = {},
  ): Promise<DeliveryList> {
    return this.send('GET', pathOf`/notification-channels/${channelId}/deliveries`, { query, options })
  }

  /** Every row of `listDeliveries`, read page by page: `for await (const row of client.eachDeliveries())`. */
  eachDeliveries(
    channelId: string,
    query: ListDeliveriesQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<Delivery, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listDeliveries(channelId, asked, options)
      return { rows: answer.deliveries, hasMore: answer.hasMore }
    })
  }

  /**
   * Send a delivery again.
   * As a new delivery of the same event.
   * Needs the permission `write`.
   */
  redeliver(channelId: string, deliveryId: string, options: RequestOptions = {}): Promise<Delivery> {
    return this.send('POST', pathOf`/notification-channels/${channelId}/deliveries/${deliveryId}/redeliver`, {
      options,
    })
  }

  /**
   * List worker regions.
   * The region of the server itself, those with a worker, and the well-known ones.
   * Needs the permission `read`.
   */
  listWorkerRegions(options: RequestOptions = {}): Promise<WorkerRegionList> {
    return this.send('GET', '/worker-regions', { options })
  }

  /**
   * List the audit log.
   * Who changed what, newest first. Entries are kept for 365 days.
   * Needs the permission `admin`.
   */
  listAuditLog(query: ListAuditLogQuery = {}, options: RequestOptions = {}): Promise<AuditLog> {
    return this.send('GET', '/audit-log', { query, options })
  }

  /** Every row of `listAuditLog`, read page by page: `for await (const row of client.eachAuditLog())`. */
  eachAuditLog(
    query: ListAuditLogQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<AuditEntry, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listAuditLog(asked, options)
      return { rows: answer.entries, hasMore: answer.hasMore }
    })
  }

  /**
   * List API keys.
   * Newest first, with those that have expired or were revoked.
   * Needs the permission `admin`.
   */
  listApiKeys(query: ListApiKeysQuery = {}, options: RequestOptions = {}): Promise<ApiKeyList> {
    return this.send('GET', '/api-keys', { query, options })
  }

  /** Every row of `listApiKeys`, read page by page: `for await (const row of client.eachApiKeys())`. */
  eachApiKeys(query: ListApiKeysQuery = {}, options: RequestOptions = {}): AsyncGenerator<ApiKey, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listApiKeys(asked, options)
      return { rows: answer.apiKeys, hasMore: answer.hasMore }
    })
  }

  /**
   * Create an API key.
   * The answer is the only one that shows the key itself. A key can give no permission that it lacks.
   * Needs the permission `admin`.
   */
  createApiKey(body: NewApiKey, options: RequestOptions = {}): Promise<NewApiKeyAnswer> {
    return this.send('POST', '/api-keys', { body, options })
  }

  /**
   * Get an API key.
   * Needs the permission `admin`.
   */
  getApiKey(keyId: string, options: RequestOptions = {}): Promise<ApiKey> {
    return this.send('GET', pathOf`/api-keys/${keyId}`, { options })
  }

  /**
   * Change an API key.
   * Its name, permissions and expiry. The key itself stays; rotate it for another.
   * Needs the permission `admin`.
   */
  updateApiKey(keyId: string, body: ApiKeyChanges, options: RequestOptions = {}): Promise<ApiKey> {
    return this.send('PUT', pathOf`/api-keys/${keyId}`, { body, options })
  }

  /**
   * Revoke an API key.
   * It is refused from now on, and stays in the list. A key may revoke itself.
   * Needs the permission `admin`.
   */
  revokeApiKey(keyId: string, options: RequestOptions = {}): Promise<ApiKeyRevoked> {
    return this.send('DELETE', pathOf`/api-keys/${keyId}`, { options })
  }

  /**
   * Rotate an API key.
   * Makes a new key with the same name and permissions, shown this once. The old one still works for `graceSeconds`. Unless the request says otherwise, a new key lives as long as the old one was to.
   * Needs the permission `admin`.
   */
  rotateApiKey(keyId: string, body?: ApiKeyRotation, options: RequestOptions = {}): Promise<RotatedApiKey> {
    return this.send('POST', pathOf`/api-keys/${keyId}/rotate`, { body, options })
  }

  /**
   * Get the account.
   * Needs the permission `admin`.
   */
  getAccount(options: RequestOptions = {}): Promise<Account> {
    return this.send('GET', '/account', { options })
  }

  /**
   * Change the account.
   * The plan and whether the account is suspended are up to the operator of the server.
   * Needs the permission `admin`.
   */
  updateAccount(body: AccountChanges, options: RequestOptions = {}): Promise<Account> {
    return this.send('PUT', '/account', { body, options })
  }

  /**
   * Get what the account has used.
   * Requests by API keys; those of the dashboard are not counted.
   * Needs the permission `admin`.
   */
  getAccountUsage(options: RequestOptions = {}): Promise<AccountUsage> {
    return this.send('GET', '/account/usage', { options })
  }

  /**
   * List the members.
   * Needs the permission `admin`.
   */
  listMembers(query: ListMembersQuery = {}, options: RequestOptions = {}): Promise<MemberList> {
    return this.send('GET', '/team/members', { query, options })
  }

  /** Every row of `listMembers`, read page by page: `for await (const row of client.eachMembers())`. */
  eachMembers(query: ListMembersQuery = {}, options: RequestOptions = {}): AsyncGenerator<Member, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listMembers(asked, options)
      return { rows: answer.members, hasMore: answer.hasMore }
    })
  }

  /**
   * Get a member.
   * Needs the permission `admin`.
   */
  getMember(memberId: string, options: RequestOptions = {}): Promise<Member> {
    return this.send('GET', pathOf`/team/members/${memberId}`, { options })
  }

  /**
   * Change the role of a member.
   * For owners. It counts from the next request on, for the keys that they made too.
   * Needs the permission `admin`.
   */
  changeRole(
    memberId: string,
    body: {
      /** What they may do. */
      role: 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER'
      /** Taken and ignored. */
      readonly id?: unknown
      /** Taken and ignored. */
      readonly email?: unknown
      /** Taken and ignored. */
      readonly name?: unknown
      /** Taken and ignored. */
      readonly status?: unknown
      /** Taken and ignored. */
      readonly acceptedAt?: unknown
    },
    options: RequestOptions = {},
  ): Promise<Member> {
    return this.send('PUT', pathOf`/team/members/${memberId}`, { body, options })
  }

  /**
   * Remove a member.
   * Ends their sessions at once, and revokes the API keys that they made but those to keep.
   * Needs the permission `admin`.
   */
  removeMember(memberId: string, query: RemoveMemberQuery = {}, options: RequestOptions = {}): Promise<Done> {
    return this.send('DELETE', pathOf`/team/members/${memberId}`, { query, options })
  }

  /**
   * List the invitations.
   * Needs the permission `admin`.
   */
  listInvitations(query: ListInvitationsQuery = {}, options: RequestOptions = {}): Promise<InvitationList> {
    return this.send('GET', '/team/invitations', { query, options })
  }

  /** Every row of `listInvitations`, read page by page: `for await (const row of client.eachInvitations())`. */
  eachInvitations(
    query: ListInvitationsQuery = {},
    options: RequestOptions = {},
  ): AsyncGenerator<Invitation, void, undefined> {
    return pagesOf(query, async (asked) => {
      const answer = await this.listInvitations(asked, options)
      return { rows: answer.invitations, hasMore: answer.hasMore }
    })
  }

  /**
   * Invite somebody.
   * The answer carries the link once, for you to pass on. It is valid for seven days.
   * Needs the permission `admin`.
   */
  invite(
    body: {
      /** E-mail address; upper and lower case are the same. */
      email: string
      /** What they may do. */
      role: 'OWNER' | 'ADMIN' | 'MEMBER' | 'VIEWER'
    },
    options: RequestOptions = {},
  ): Promise<SentInvitation> {
    return this.send('POST', '/team/invitations', { body, options })
  }

  /**
   * Get an invitation.
   * Needs the permission `admin`.
   */
  getInvitation(invitationId: string, options: RequestOptions = {}): Promise<Invitation> {
    return this.send('GET', pathOf`/team/invitations/${invitationId}`, { options })
  }

  /**
   * Revoke an invitation.
   * Its link works no more.
   * Needs the permission `admin`.
   */
  revokeInvitation(invitationId: string, options: RequestOptions = {}): Promise<Done> {
    return this.send('DELETE', pathOf`/team/invitations/${invitationId}`, { options })
  }

  /**
   * Send an invitation again.
   * Makes a new link, valid for seven days; the old one works no more.
   * Needs the permission `admin`.
   */
  resendInvitation(invitationId: string, options: RequestOptions = {}): Promise<SentInvitation> {
    return this.send('POST', pathOf`/team/invitations/${invitationId}/resend`, { options })
  }

  /**
   * See what an invitation is for.
   * Needs no key.
   */
  getOpenInvitation(token: string, options: RequestOptions = {}): Promise<OpenInvitation> {
    return this.send('GET', pathOf`/invitations/${token}`, { options })
  }

  /**
   * Accept an invitation.
   * Makes the log-in where the address has none, joins the account, and opens a session on it.
   * Needs no key.
   */
  acceptInvitation(
    token: string,
    body: {
      /** What people call them. */
      name?: string
      /** A new one, or that of the log-in which this address has; not needed while logged in as it. */
      password?: string
    },
    options: RequestOptions = {},
  ): Promise<CurrentSession> {
    return this.send('POST', pathOf`/invitations/${token}/accept`, { body, options })
  }

  /**
   * Say that a job ran.
   * Needs no key.
   */
  ping(capability: string, body?: PingWords, query: PingQuery = {}, options: RequestOptions = {}): Promise<PingTaken> {
    return this.send('POST', pathOf`/heartbeat/${capability}`, { body, query, options })
  }

  /**
   * Say that a job failed.
   * Needs no key.
   */
  pingFail(
    capability: string,
    body?: PingWords,
    query: PingFailQuery = {},
    options: RequestOptions = {},
  ): Promise<PingTaken> {
    return this.send('POST', pathOf`/heartbeat/${capability}/fail`, { body, query, options })
  }

  /**
   * Say that a job starts.
   * Needs no key.
   */
  pingStart(
    capability: string,
    body?: PingWords,
    query: PingStartQuery = {},
    options: RequestOptions = {},
  ): Promise<PingTaken> {
    return this.send('POST', pathOf`/heartbeat/${capability}/start`, { body, query, options })
  }

  /**
   * Add a message.
   * Needs no key.
   */
  pingLog(
    capability: string,
    body?: PingWords,
    query: PingLogQuery = {},
    options: RequestOptions = {},
  ): Promise<PingTaken> {
    return this.send('POST', pathOf`/heartbeat/${capability}/log`, { body, query, options })
  }

  /**
   * Say how a job ended, by its exit status.
   * Needs no key.
   */
  pingExitStatus(
    capability: string,
    exit: string,
    body?: PingWords,
    query: PingExitStatusQuery = {},
    options: RequestOptions = {},
  ): Promise<PingTaken> {
    return this.send('POST', pathOf`/heartbeat/${capability}/${exit}`, { body, query, options })
  }
}
