export { type DirectLineOptions, directLine } from './direct-line.ts'
export { createWorker, type RegionWorker, type RegionWorkerOptions } from './region-worker.ts'
export type { Check } from './runs.ts'
export { startWorkerThread, type ThreadExit, type WorkerThread, type WorkerThreadOptions } from './worker-thread.ts'
