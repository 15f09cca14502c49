'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '../kit/field.tsx';
import { type SignInResult, signIn } from '../shell/session.ts';
import { DoorForm } from './door-form.tsx';

export function SignInForm() {
  const t = useTranslations('door');
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [result, setResult] = useState<SignInResult | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    setBusy(true);
    const answer = await signIn(email, password);
    setResult(answer);
    if (answer === 'ok') router.replace('/');
    else setBusy(false);
  };

  return (
    <DoorForm
      title={t('signInTitle')}
      failure={useSignInFailure(result)}
      busy={busy}
      submit={t('signIn')}
      onSubmit={() => void submit()}
    >
      <Field label={t('email')}>
        {(control) => (
          <input
            {...control}
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('password')}>
        {(control) => (
          <input
            {...control}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
    </DoorForm>
  );
}

/** The sentence of a sign-in that failed. */
export function useSignInFailure(result: SignInResult | null): string | null {
  const t = useTranslations('door');
  if (result === null || result === 'ok') return null;
  if (typeof result === 'string') return t(result);
  return t(result.status >= 500 ? 'broken' : 'refused', { status: String(result.status) });
}
