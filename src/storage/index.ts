export * from './port.ts'
export { SecretBox, SecretError } from './secret-box.ts'
export { loadSecretKey } from './secret-key.ts'
export { openSqliteStore } from './sqlite/store.ts'
