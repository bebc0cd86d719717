export * from './port.ts'
export { SecretBox, SecretError } from './secret-box.ts'
export { keepSecretKeys, loadSecretKeys, type SecretKeys } from './secret-key.ts'
export { openSqliteStore } from './sqlite/store.ts'
