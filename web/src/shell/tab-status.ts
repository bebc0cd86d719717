import { useEffect } from 'react'
import upIcon from './icon.svg'
import downIcon from './icon-down.svg'

const COUNT = /^\(\d+\) /

/** Shows in the browser's tab how many monitors are down: a number before the title, and a red icon. */
export function useTabStatus(down: number): void {
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (icon !== null) icon.href = down === 0 ? upIcon : downIcon
    const show = () => {
      const title = document.title.replace(COUNT, '')
      const wanted = down === 0 ? title : `(${down}) ${title}`
      if (document.title !== wanted) document.title = wanted
    }
    show()
    const titleElement = document.querySelector('title')
    const watch = new MutationObserver(show)
    if (titleElement !== null) watch.observe(titleElement, { childList: true })
    return () => watch.disconnect()
  }, [down])
}
