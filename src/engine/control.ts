import { connect } from 'node:net'
import type { AskControl } from './self-check.ts'

const PATIENCE_MS = 1_000

/** Asks a control address by opening a TCP connection: true when it is accepted within a second. */
export function askByTcp({ host, port }: { host: string; port: number }): AskControl {
  return () =>
    new Promise((resolve) => {
      const socket = connect({ host, port, timeout: PATIENCE_MS })
      const finish = (answers: boolean) => {
        socket.destroy()
        resolve(answers)
      }
      const patience = setTimeout(() => finish(false), PATIENCE_MS)
      socket.once('close', () => clearTimeout(patience))
      socket.once('connect', () => finish(true))
      socket.once('error', () => finish(false))
    })
}
