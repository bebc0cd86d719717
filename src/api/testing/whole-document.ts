import type { OpenApiDocument } from '../openapi/document.ts'
import { apiRig } from './api-rig.ts'

/** The API document as a server gives it out, for what is made from it. */
export async function wholeDocument(): Promise<OpenApiDocument> {
  const closers: (() => unknown)[] = []
  const rig = await apiRig({ after: (close) => void closers.push(() => Reflect.apply(Object(close), undefined, [])) })
  try {
    return JSON.parse((await rig.askOpen('GET', '/openapi.json')).text)
  } finally {
    for (const close of closers) await close()
  }
}
