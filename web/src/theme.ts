import { createTheme, localStorageColorSchemeManager } from '@mantine/core'

/**
 * The colours and sizes themselves stand in `theme.css`: Mantine would write them into a `<style>` element, which the
 * content security policy does not allow.
 */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'sm',
  focusRing: 'auto',
  respectReducedMotion: true,
})

export const colorSchemes = localStorageColorSchemeManager({ key: 'color-scheme' })
