export * from './engine.ts'
export * from './protocol.ts'
export * from './notifier/index.ts'
export { createOutboundHttp, type OutboundOptions } from './outbound-http.ts'
