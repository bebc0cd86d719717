import { EmptyState } from '../parts/EmptyState.tsx'
import { LinkButton } from '../parts/LinkButton.tsx'
import { t } from '../texts/texts.ts'

/** For an address that leads nowhere. */
export function NotFound() {
  return (
    <main className="sign-in">
      <EmptyState title={t('missing.title')} text={t('missing.text')} isWhole>
        <LinkButton to="/">{t('missing.home')}</LinkButton>
      </EmptyState>
    </main>
  )
}
