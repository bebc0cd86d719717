import { isMantineColorScheme, NativeSelect, useMantineColorScheme } from '@mantine/core'
import { chooseLanguage, LANGUAGES, language } from '../format/locale.ts'
import { t } from '../texts/texts.ts'

/** How the page looks and speaks, kept in this browser. */
export function LookChoice() {
  // Stopping transitions for the moment would take a style element, which the page's policy does not allow.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  return (
    <div className="look">
      <NativeSelect
        size="xs"
        aria-label={t('look.theme')}
        value={colorScheme}
        onChange={({ currentTarget: { value } }) => isMantineColorScheme(value) && setColorScheme(value)}
        data={[
          { value: 'auto', label: t('look.system') },
          { value: 'light', label: t('look.light') },
          { value: 'dark', label: t('look.dark') },
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={t('look.language')}
        value={language}
        onChange={({ currentTarget: { value } }) => (value === 'de' || value === 'en') && chooseLanguage(value)}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      />
    </div>
  )
}
