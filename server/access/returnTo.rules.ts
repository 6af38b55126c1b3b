/** Pages that nobody is sent back to after signing in. */
const never = ['/sign-in', '/sign-out', '/activation', '/display'];

/** Whether an address stays on this host: no other host, no scheme, no backslash or control character that browsers bend into a slash. */
function isLocal(address: string): boolean {
  return /^\/(?![/\\])[^\\\p{Cc} ]*$/u.test(address) && address.length <= 500;
}

/** The local address to go to after signing in, or `/` for anything else. */
export function safeReturn(address: string): string {
  return isLocal(address) && !never.includes(address.split(/[?#]/)[0] ?? '') ? address : '/';
}

/** The local page to come back to after a switch of the display, which may be the sign-in page. */
export function safeBack(address: string): string {
  return isLocal(address) ? address : '/';
}
