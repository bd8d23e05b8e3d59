// Several applications behind one server, each below a path of its own.

import { todo } from '#given/kit/todo.ts'
import type { Application } from '#wsgi'

/** By prefix, such as `/shop`. The prefix `` takes all other paths; the `*` of `OPTIONS *` is none. */
export type Mounts = Record<string, Application>

/** The application that hands each request to the one that is mounted there, or answers 404. */
export function mount(mounts: Mounts): Application {
  return (environ, startResponse) => {
    // TODO 5.6: Find the longest prefix that the path begins with: `/shop` takes `/shop` and `/shop/cart`, but not
    //   `/shopping`. Cut it off PATH_INFO and call its application, with this very environ: a copy, `{ ...environ }`,
    //   would lose its signal. No prefix fits: 404.
    // TODO 5.7: What PATH_INFO loses SCRIPT_NAME gains, at its end, so that the application can write links to itself.
    todo(5, 6)
  }
}
