// What loading an application comes to.

import type { Application } from '#wsgi'

export interface Loaded {
  application: Application
  /** Ends what the application runs on, such as Python processes. Never rejects. */
  close(): Promise<void>
}
