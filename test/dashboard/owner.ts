import type { Page } from 'playwright-core'

/** The owner that the servers of these tests are started with. */
export const OWNER = { email: 'ada@example.com', password: 'correct horse battery' }
export const OWNER_SETTINGS = { STATUSAPP_ADMIN_EMAIL: OWNER.email, STATUSAPP_ADMIN_PASSWORD: OWNER.password }

/** Logs in on the page, and waits until it has led on. */
export async function logIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/login`)
  await page.getByLabel('Email').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.locator('.shell').waitFor()
}
