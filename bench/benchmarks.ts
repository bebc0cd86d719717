import type { Benchmark } from './row.ts'

/** Every benchmark by name, in the order of the table. Loaded when it runs, each in a process of its own. */
export const BENCHMARKS: { [name: string]: { title: string; load: () => Promise<Benchmark> } } = {
  engine: {
    title: 'CPU a check, all told: probe, decide, store',
    load: async () => (await import('./engine.ts')).benchEngine,
  },
  punctuality: {
    title: 'Punctuality: 5,000 monitors at 10 s through the whole engine',
    load: async () => (await import('./punctuality.ts')).benchPunctuality,
  },
  schedule: {
    title: "The worker alone: a region's schedule and probes",
    load: async () => (await import('./schedule.ts')).benchSchedule,
  },
  alert: {
    title: 'Alert latency, default confirmation',
    load: async () => (await import('./alert.ts')).benchAlert,
  },
  store: {
    title: 'The store: writing, closing and reading results',
    load: async () => (await import('./store.ts')).benchStore,
  },
  probe: {
    title: 'The HTTP probe alone',
    load: async () => (await import('./probe.ts')).benchProbe,
  },
  https: {
    title: 'The HTTPS probe alone',
    load: async () => (await import('./probe-https.ts')).benchProbeHttps,
  },
  ping: {
    title: 'The PING probe: hundreds of hosts at once',
    load: async () => (await import('./ping.ts')).benchPing,
  },
  port: {
    title: 'The PORT probe alone',
    load: async () => (await import('./port.ts')).benchPort,
  },
  dns: {
    title: 'The DNS probe alone',
    load: async () => (await import('./dns.ts')).benchDns,
  },
  hanging: {
    title: 'A thousand checks that hang',
    load: async () => (await import('./hanging.ts')).benchHanging,
  },
  bodies: {
    title: 'Endless bodies and decompression bombs',
    load: async () => (await import('./bodies.ts')).benchBodies,
  },
  truth: {
    title: 'Response times, beside what the target saw',
    load: async () => (await import('./truth.ts')).benchTruth,
  },
  api: {
    title: 'The API over HTTP',
    load: async () => (await import('./api.ts')).benchApi,
  },
  incidents: {
    title: 'Lists out of a million incidents, over HTTP',
    load: async () => (await import('./incidents.ts')).benchIncidents,
  },
  analytics: {
    title: 'Analytics of 90 days, over HTTP',
    load: async () => (await import('./analytics.ts')).benchAnalytics,
  },
  startup: {
    title: 'Start-up and memory',
    load: async () => (await import('./startup.ts')).benchStartup,
  },
}
