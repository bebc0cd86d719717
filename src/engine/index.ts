export * from './engine.ts'
export * from './protocol.ts'
