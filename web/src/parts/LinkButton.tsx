import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type Props = Omit<ButtonProps, 'component'> & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps>

/** A link to a page of ours that looks like a button. */
export const LinkButton = createLink(({ ref, ...props }: Props & { ref?: Ref<HTMLAnchorElement> }) => (
  <Button component="a" {...props} {...(ref === undefined ? {} : { ref })} />
))
