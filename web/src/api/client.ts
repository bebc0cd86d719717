import { type CurrentSession, StatusApp, StatusAppError } from '#client'

/** The API of the server that this page came from, with the session's cookie in the place of a key. */
export const api: StatusApp = new StatusApp({ baseUrl: '/api/v1', maxRetries: 0 })

/** Whether this server waits for its owner, and whether anybody may make an account. */
export interface SetupState {
  needsSetup: boolean
  signup: 'open' | 'closed'
}

export const session = {
  current: (): Promise<CurrentSession> => api.send('GET', '/auth/session', { options: {} }),
  logIn: (body: { email: string; password: string }): Promise<CurrentSession> =>
    api.send('POST', '/auth/login', { body, options: {} }),
  logOut: (): Promise<{ success: true }> => api.send('POST', '/auth/logout', { options: {} }),
  setupState: (): Promise<SetupState> => api.send('GET', '/setup', { options: {} }),
  setUp: (body: { token: string; name: string; email: string; password: string }): Promise<CurrentSession> =>
    api.send('POST', '/setup', { body, options: {} }),
}

/** Whether a request was refused because nobody is logged in. */
export function isLoggedOut(error: unknown): boolean {
  return error instanceof StatusAppError && error.status === 401
}
