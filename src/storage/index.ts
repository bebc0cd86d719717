export * from './port.ts'
export { openSqliteStore } from './sqlite/store.ts'
