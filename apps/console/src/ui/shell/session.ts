// Sign-in and sign-out in the browser: better-auth's two requests.

export type SignInResult = 'ok' | 'wrong' | 'tooMany' | 'noAnswer' | { readonly status: number };

export async function signIn(email: string, password: string): Promise<SignInResult> {
  const response = await post('/api/auth/sign-in/email', { email, password });
  if (response === null) return 'noAnswer';
  if (response.ok) return 'ok';
  if (response.status === 429) return 'tooMany';
  return response.status === 401 || response.status === 400 ? 'wrong' : { status: response.status };
}

export async function signOut(): Promise<void> {
  await post('/api/auth/sign-out', {});
}

/** Null: the console did not answer at all. */
async function post(path: string, body: object): Promise<Response | null> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return null;
  }
}
