export { createNotifier, type Notifier, type NotifierOptions, type TestOutcome } from './notifier.ts'
