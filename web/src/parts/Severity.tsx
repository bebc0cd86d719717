import type { IncidentRow } from '#client'
import { t } from '../texts/texts.ts'

const LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const

/** How grave it is: as many bars, and a word. */
export function Severity({ severity }: { severity: IncidentRow['severity'] }) {
  const level = LEVELS.indexOf(severity)
  return (
    <span className={`severity severity-${severity.toLowerCase()}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        {LEVELS.map((each, index) => (
          <rect
            key={each}
            x={index * 4}
            y={12 - index * 4}
            width="3"
            height={4 + index * 4}
            fill="currentColor"
            opacity={index <= level ? 1 : 0.25}
          />
        ))}
      </svg>
      {t(`severity.${severity}`)}
    </span>
  )
}
