import type { CheckResults } from '#client'
import { milliseconds } from '../../format/numbers.ts'
import { StatusMark } from '../../parts/StatusMark.tsx'
import { t } from '../../texts/texts.ts'

const PHASES = ['dns', 'connect', 'tls', 'firstByte', 'download'] as const
type Result = CheckResults['results'][number]

/** What a test found, in each region: how it went, where the time went, and what failed. */
export function TestResults({ results }: CheckResults) {
  return (
    <section className="card test-results" aria-label={t('test.results')}>
      {results.map((result) => (
        <div key={result.region} className="test-result">
          <p className="test-head">
            <StatusMark status={result.status} />
            <strong>{milliseconds(result.responseTime)}</strong>
            {result.statusCode === null ? null : <span>{t('test.code', { code: String(result.statusCode) })}</span>}
            <span className="dimmed">{result.region}</span>
          </p>
          {result.error === null ? null : <p className="error-text">{result.error}</p>}
          <Phases phases={result.phases} />
        </div>
      ))}
    </section>
  )
}

function Phases({ phases }: Pick<Result, 'phases'>) {
  const known = PHASES.flatMap((name) => {
    const ms = phases[name]
    return ms === null ? [] : [{ name, ms }]
  })
  const total = known.reduce((sum, { ms }) => sum + ms, 0)
  if (known.length === 0 || total === 0) return null
  let left = 0
  const bars = known.map(({ name, ms }) => {
    const bar = { name, x: left, width: (ms / total) * 100 }
    left += bar.width
    return bar
  })
  return (
    <>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="phases" aria-hidden="true">
        {bars.map(({ name, x, width }) => (
          <rect key={name} x={x} width={width} height="6" className={`phase phase-${name}`} />
        ))}
      </svg>
      <ul className="phase-list">
        {known.map(({ name, ms }) => (
          <li key={name} className={`phase-${name}`}>
            {t(`phase.${name}`)} {milliseconds(ms)}
          </li>
        ))}
      </ul>
    </>
  )
}
