import type { Incident } from '#client'
import { NOTHING } from '../../format/numbers.ts'
import { t } from '../../texts/texts.ts'

/** Why it was opened: what the checks found, where, and how many. */
export function Evidence({ incident }: { incident: Incident }) {
  const { rootCause, rootCauseCategory, affectedRegions, checksFailed, checksTotal, isManual, evidence } = incident
  return (
    <>
      <dl className="facts">
        <dt>{t('incident.rootCause')}</dt>
        <dd>{rootCause ?? NOTHING}</dd>
        <dt>{t('incident.category')}</dt>
        <dd>{t(`cause.${rootCauseCategory}`)}</dd>
        {isManual ? null : (
          <>
            <dt>{t('incident.regions')}</dt>
            <dd>{affectedRegions.join(', ') || NOTHING}</dd>
            <dt>{t('incident.checks')}</dt>
            <dd>{t('incident.checksFailed', { failed: checksFailed, total: checksTotal })}</dd>
          </>
        )}
      </dl>
      {evidence === null || evidence === undefined ? null : (
        <details className="evidence">
          <summary>{t('incident.seen')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <pre tabIndex={0}>{JSON.stringify(evidence, null, 2)}</pre>
        </details>
      )}
    </>
  )
}
