/** From when to when an incident lasted. */
export interface IncidentTime {
  monitorId: string
  fromMs: number
  /** Null while it is open. */
  toMs: number | null
}

/** Incidents as figures and bars need them: when, not what. Times in wall ms, ranges half open. */
export interface IncidentHistoryRepository {
  openCount(accountId: string): Promise<number>
  /** How many ended within the range, and how long they lasted on average; null of none. */
  resolved(
    accountId: string,
    range: { fromMs: number; toMs: number },
  ): Promise<{ count: number; averageDurationMs: number | null }>
  /**
   * The incidents of monitors that touch the range, oldest first; one that is about several of them comes once for each.
   * `onlyPublic` leaves out those that status pages may not show.
   */
  during(
    monitorIds: string[],
    range: { fromMs: number; toMs: number },
    options?: { onlyPublic: boolean },
  ): Promise<IncidentTime[]>
}
