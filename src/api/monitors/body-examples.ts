/** Bodies to start from, as tools offer them. */
export const BODY_EXAMPLES = {
  created: {
    website: {
      summary: 'A website',
      value: {
        name: 'My Website',
        url: 'https://example.com',
        type: 'WEBSITE',
        interval: 300,
        timeout: 30,
        expectedStatusCode: 200,
        httpMethod: 'GET',
      },
    },
    api: {
      summary: 'An API, with an assertion',
      value: {
        name: 'My API',
        url: 'https://api.example.com',
        type: 'API',
        interval: 300,
        expectedStatusCode: 200,
        assertions: [{ source: 'json', path: '$.status', comparison: 'equals', target: 'ok' }],
      },
    },
    port: {
      summary: 'A TCP port',
      value: { name: 'Mail', url: 'mail.example.com', type: 'PORT', port: 25, protocol: 'TCP' },
    },
    dns: {
      summary: 'A DNS record',
      value: { name: 'Address', url: 'example.com', type: 'DNS', dnsRecord: 'A', expectedValue: '192.0.2.1' },
    },
    certificate: {
      summary: 'A certificate',
      value: { name: 'Certificate', url: 'example.com', type: 'SSL_CERT', sslCertExpiryDays: [30, 14, 7, 3, 1] },
    },
    job: {
      summary: 'A scheduled job',
      value: { name: 'Backup', type: 'CRON', schedule: '0 2 * * *', timezone: 'UTC', gracePeriod: 300 },
    },
  },
  changed: {
    interval: { summary: 'Check more often', value: { interval: 60 } },
    name: { summary: 'Another name and tags', value: { name: 'My Website (new)', tags: ['production'] } },
  },
  tried: {
    website: {
      summary: 'A website',
      value: { url: 'https://example.com', type: 'WEBSITE', expectedStatusCode: '200-299', keyword: 'Example' },
    },
    port: { summary: 'A TCP port', value: { url: 'mail.example.com', type: 'PORT', port: 25 } },
  },
} as const
