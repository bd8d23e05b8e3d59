// The time of day as a head has it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7). Given whole.

let second = 0
let date = ''

/** Written down once a second, and not for each request. */
export function httpDate(now: Date): string {
  const nowSecond = Math.floor(now.getTime() / 1000)
  if (nowSecond !== second) date = now.toUTCString()
  second = nowSecond
  return date
}
