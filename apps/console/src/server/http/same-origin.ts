/** Whether an Origin header names the same host and port as the Host header. The scheme may differ behind a TLS proxy. */
export function sameOrigin(origin: string, host: string | null | undefined): boolean {
  if (!host || !URL.canParse(origin)) return false;
  return new URL(origin).host === withoutDefaultPort(host, origin);
}

/** URL drops the scheme's own port; a Host header may carry it. */
function withoutDefaultPort(host: string, origin: string): string {
  const port = new URL(origin).protocol === 'https:' ? ':443' : ':80';
  return host.toLowerCase().endsWith(port) ? host.toLowerCase().slice(0, -port.length) : host.toLowerCase();
}
