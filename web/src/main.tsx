import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from './api/query-client.ts'
import { makeRouter } from './router.tsx'
import './styles.ts'
import { loadTexts } from './texts/texts.ts'
import { colorSchemes, theme } from './theme.ts'

const queryClient = makeQueryClient(() => {
  const { pathname, searchStr } = router.state.location
  if (pathname !== '/login') void router.navigate({ to: '/login', search: { next: pathname + searchStr } })
})
const router = makeRouter(queryClient)
declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

const root = document.getElementById('root')
if (root !== null) {
  await loadTexts()
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemes}
        withCssVariables={false}
        withGlobalClasses={false}
        withStaticClasses={false}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
