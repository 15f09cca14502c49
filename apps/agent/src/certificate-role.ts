/**
 * Whether a certificate's subjectAltName, as Node prints it, holds this URI. Node quotes a name that has a separator in
 * it, so a text with quotes cannot be split safely: then no role is read from it.
 */
export function hasRole(subjectAltName: string | undefined, role: string): boolean {
  if (subjectAltName === undefined || subjectAltName.includes('"')) return false;
  return subjectAltName.split(', ').includes(`URI:${role}`);
}
